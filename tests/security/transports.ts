import { once } from "node:events";
import { WebSocket } from "ws";

export interface Told {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly retryAfterSeconds?: number };
  }[];
}

export interface Operation {
  readonly query?: string;
  readonly documentId?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface From {
  readonly token?: string;
  /** Where a proxy that is trusted says that it comes from. */
  readonly address?: string;
}

/** Sends one operation, and resolves to its first result. */
export type Send = (url: string, operation: Operation, from?: From) => Promise<Told>;

const headersOf = ({ token, address }: From) => ({
  "content-type": "application/json",
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...(address !== undefined && { "x-forwarded-for": address }),
});

const post = (url: string, operation: Operation, headers: Record<string, string>) =>
  fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify(operation) });

/** A socket that has been greeted, and so may send operations. */
export async function openSocket(url: string, { token, address }: From = {}): Promise<WebSocket> {
  const headers = address === undefined ? {} : { "x-forwarded-for": address };
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
  socket.setMaxListeners(0);
  await once(socket, "open");
  const payload = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  socket.send(JSON.stringify({ type: "connection_init", payload }));
  await once(socket, "message");
  return socket;
}

/** Over a socket that is open already, under an id that it has not used. */
export function sendOver(socket: WebSocket, id: string, operation: Operation): Promise<Told> {
  return new Promise((resolve, reject) => {
    socket.once("close", (code) => reject(new Error(`closed with ${code}`)));
    socket.on("message", (data) => {
      const {
        id: of,
        type,
        payload,
      } = JSON.parse(String(data)) as { id?: string; type: string; payload?: Told };
      if (of !== id) return;
      if (type === "next") resolve(payload ?? {});
      if (type === "error") resolve({ errors: payload as NonNullable<Told["errors"]> });
    });
    socket.send(JSON.stringify({ id, type: "subscribe", payload: { query: "", ...operation } }));
  });
}

export const TRANSPORTS: readonly (readonly [name: string, send: Send])[] = [
  [
    "HTTP",
    async (url, operation, from = {}) => (await (await post(url, operation, headersOf(from))).json()) as Told,
  ],
  [
    "WebSocket",
    async (url, operation, from = {}) => {
      const socket = await openSocket(url, from);
      try {
        return await sendOver(socket, "1", operation);
      } finally {
        socket.terminate();
      }
    },
  ],
  [
    "server-sent events",
    async (url, operation, from = {}) => {
      const answer = await post(url, operation, { ...headersOf(from), accept: "text/event-stream" });
      let text = "";
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk).toString();
        const data = /^data: ?(\{.*)$/m.exec(text)?.[1];
        if (data !== undefined && text.endsWith("\n")) return JSON.parse(data) as Told;
      }
      return JSON.parse(text) as Told;
    },
  ],
];
