import { followed } from "./board.ts";

/** How a client that cannot parse becomes a follower: plain data, so that another process can be told. */
export interface Dialect {
  readonly path: string;
  readonly protocol?: string;
  /** What is sent as soon as the connection is open, then after the first message that comes, then after the next. */
  readonly steps: readonly (readonly string[])[];
  /** What stands for an id that each client makes up for itself, in any step; none where there is nothing of that kind. */
  readonly idMark?: string;
  /** A message of the server that wants another in return, as it stands. */
  readonly beat?: { readonly heard: string; readonly said: string };
}

export const rawDialect: Dialect = { path: "/", steps: [] };

/** Engine.IO opens, then Socket.IO does; its server asks for a sign of life each 25 s. */
export const socketIoDialect: Dialect = {
  path: "/socket.io/?EIO=4&transport=websocket",
  steps: [[], ["40"]],
  beat: { heard: "2", said: "3" },
};

/** Ids are as long as those of the official client. */
const ID_MARK = "00000000-0000-4000-8000-000000000000";

/** graphql-transport-ws, as the official client speaks it: each operation has an id of its own. */
export function graphqlDialect(operations: readonly object[]): Dialect {
  const subscriptions = operations.map((payload, index) =>
    JSON.stringify({ id: `${ID_MARK}${index || ""}`, type: "subscribe", payload }),
  );
  return {
    path: "/graphql",
    protocol: "graphql-transport-ws",
    idMark: ID_MARK,
    steps: [['{"type":"connection_init"}'], subscriptions],
  };
}

export const followDialect = (code: string, first?: number) => graphqlDialect([followed(code, first)]);
