import { once } from "node:events";
import { Socket } from "node:net";
import { createClient } from "graphql-ws";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type BoardServer, startBoardServer } from "./boardServer.ts";
import { directSocketOf } from "./directWrite.ts";

let server: BoardServer;
const cleanup: (() => unknown)[] = [];

beforeEach(async () => {
  server = await startBoardServer();
});
afterEach(async () => {
  for (const clean of cleanup.splice(0)) await clean();
  await server.stop();
});

const BOARD = "subscription { board { version text } }";

/** The official client. */
function connect(viewer = "somebody") {
  const client = createClient({
    url: server.url,
    webSocketImpl: WebSocket,
    connectionParams: { viewer },
    retryAttempts: 10,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 10)),
  });
  cleanup.push(() => client.dispose());
  return client;
}

interface Followed {
  readonly texts: string[];
  readonly results: unknown[];
  outcome: unknown;
  leave(): void;
}

function follow(client: ReturnType<typeof connect>, query = BOARD, variables = {}): Followed {
  const followed: Followed = { texts: [], results: [], outcome: undefined, leave: () => {} };
  followed.leave = client.subscribe<{ board: { text: string } }>(
    { query, variables },
    {
      next: (result) => {
        followed.results.push(result);
        if (result.data) followed.texts.push(result.data.board.text);
      },
      error: (error) => {
        followed.outcome = error;
      },
      complete: () => {
        followed.outcome = "complete";
      },
    },
  );
  return followed;
}

const seen = (followed: Followed, texts: string[]) => expect.poll(() => followed.texts).toEqual(texts);

/** A client of which every message is seen. */
async function rawClient() {
  const socket = new WebSocket(server.url, "graphql-transport-ws");
  cleanup.push(() => socket.terminate());
  const messages: Record<string, unknown>[] = [];
  socket.on("message", (data, isBinary) => {
    expect(isBinary).toBe(false);
    messages.push(JSON.parse(String(data)));
  });
  const send = (message: object) => socket.send(JSON.stringify(message));
  await once(socket, "open");
  send({ type: "connection_init" });
  await once(socket, "message");
  messages.length = 0;
  return {
    socket,
    messages,
    send,
    subscribe: (id: string, query = BOARD) => send({ id, type: "subscribe", payload: { query } }),
  };
}

describe("one execution", () => {
  test("serves all who sent the same, at once and after each change", async () => {
    const all = Array.from({ length: 10 }, (_, n) => follow(connect(`viewer ${n}`)));
    for (const one of all) await seen(one, ["one"]);
    const before = server.board.executed;
    server.board.set("two");
    for (const one of all) await seen(one, ["one", "two"]);
    expect(server.board.executed).toBe(before + 1);
    expect(server.shared).toMatchObject({ groups: 1, members: 10, behind: 0 });
    expect(server.board.watched).toBe(1);
  });

  test("gives exactly what was asked for, and no version that was not", async () => {
    const followed = follow(connect(), "subscription { b: board { __typename text } }");
    await expect
      .poll(() => followed.results)
      .toEqual([{ data: { b: { __typename: "Board", text: "one" } } }]);
  });

  test("is not shared where a field is personal", async () => {
    const personal = "subscription { board { text mine } }";
    const [ann, bob] = [follow(connect("Ann"), personal), follow(connect("Bob"), personal)];
    await expect.poll(() => ann.results).toEqual([{ data: { board: { text: "one", mine: "Ann" } } }]);
    await expect.poll(() => bob.results).toEqual([{ data: { board: { text: "one", mine: "Bob" } } }]);
    expect(server.shared.groups).toBe(0);
    expect(server.board.watched).toBe(2);
  });

  test("knows nobody: a field that is marked wrongly has nothing personal to give", async () => {
    const followed = follow(connect("Ann"), "subscription { board { asker broken } }");
    await expect.poll(() => followed.results).toHaveLength(1);
    expect(JSON.stringify(followed.results)).toContain("nobody");
    expect(JSON.stringify(followed.results)).not.toContain("Ann");
    expect(followed.results[0]).toMatchObject({ errors: [{ path: ["board", "broken"] }] });
  });

  test("is one for each set of variables", async () => {
    const query = "subscription ($code: String) { board(code: $code) { text } }";
    const client = connect();
    const followed = ["a", "a", "b"].map((code) => follow(client, query, { code }));
    for (const one of followed) await seen(one, ["one"]);
    expect(server.shared).toMatchObject({ groups: 2, members: 3 });
  });

  test("frames are as long as they say, at every size", async () => {
    const followed = follow(connect());
    await seen(followed, ["one"]);
    for (const length of [50, 124, 126, 65_400, 65_536, 300_000]) {
      server.board.set("é".repeat(length / 2));
      await expect.poll(() => followed.texts.at(-1)?.length).toBe(length / 2);
    }
  });
});

describe("the protocol", () => {
  test("an id that is in use closes the connection with 4409, and ends all that it had", async () => {
    const { socket, messages, subscribe } = await rawClient();
    subscribe("1");
    await expect.poll(() => messages).toHaveLength(1);
    const closed = once(socket, "close");
    subscribe("1");
    expect((await closed)[0]).toBe(4409);
    await expect.poll(() => [server.shared.members, server.board.watched]).toEqual([0, 0]);
  });

  test("each message carries the id that its client chose, however strange", async () => {
    const { messages, subscribe } = await rawClient();
    const ids = ["1", 'a"b', "ü€\u2028", "\n", "x".repeat(500)];
    for (const id of ids) subscribe(id);
    await expect.poll(() => messages).toHaveLength(ids.length);
    expect(messages.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const payload = { data: { board: { version: 1, text: "one" } } };
    for (const message of messages) expect(message).toEqual({ id: message["id"], type: "next", payload });
  });

  test("complete by the client ends it for that client alone, and its id can be used again", async () => {
    const one = await rawClient();
    const other = await rawClient();
    one.subscribe("1");
    other.subscribe("1");
    await expect.poll(() => [one.messages.length, other.messages.length]).toEqual([1, 1]);
    one.send({ id: "1", type: "complete" });
    await expect.poll(() => server.shared.members).toBe(1);
    server.board.set("two");
    await expect.poll(() => other.messages).toHaveLength(2);
    one.subscribe("1");
    await expect.poll(() => one.messages).toHaveLength(2);
    expect(one.messages[1]).toMatchObject({ type: "next", payload: { data: { board: { text: "two" } } } });
  });

  test("complete by the client that subscribed just now leaves nothing behind", async () => {
    const { send, subscribe, messages } = await rawClient();
    for (let n = 0; n < 50; n++) {
      subscribe(`${n}`);
      send({ id: `${n}`, type: "complete" });
    }
    send({ type: "ping" });
    await expect.poll(() => messages.map(({ type }) => type)).toContain("pong");
    await expect.poll(() => [server.shared.groups, server.board.watched]).toEqual([0, 0]);
  });

  test("the end of the source is complete for everyone, after the last state", async () => {
    const { messages, subscribe } = await rawClient();
    const followed = follow(connect());
    subscribe("1");
    await seen(followed, ["one"]);
    await expect.poll(() => messages).toHaveLength(1);
    server.board.set("last");
    server.board.end();
    await expect.poll(() => messages.map(({ type }) => type)).toEqual(["next", "next", "complete"]);
    await expect.poll(() => followed.outcome).toBe("complete");
    expect(followed.texts).toEqual(["one", "last"]);
    expect(server.shared.groups).toBe(0);
  });

  test("a source that fails is an error for everyone, with nothing of what went wrong", async () => {
    const { messages, subscribe } = await rawClient();
    const followed = follow(connect());
    subscribe("1");
    await seen(followed, ["one"]);
    await expect.poll(() => messages).toHaveLength(1);
    server.board.end(new Error("the password is swordfish"));
    await expect.poll(() => messages.map(({ type }) => type)).toEqual(["next", "error"]);
    expect(JSON.stringify(messages)).not.toContain("swordfish");
    await expect
      .poll(() => followed.outcome)
      .toMatchObject([{ message: "Something went wrong on our side." }]);
    // The connection goes on.
    subscribe("1");
    await expect.poll(() => messages.map(({ type }) => type)).toEqual(["next", "error", "next"]);
  });

  test("a refusal is a result with errors, then complete", async () => {
    const { messages, subscribe } = await rawClient();
    subscribe("1", 'subscription { board(code: "none") { text } }');
    await expect.poll(() => messages.map(({ type }) => type)).toEqual(["next", "complete"]);
    expect(messages[0]).toMatchObject({ payload: { errors: [{ message: "There is no such board." }] } });
    expect(server.shared.groups).toBe(0);
  });

  test("queries and pings go on beside it", async () => {
    const { messages, send, subscribe } = await rawClient();
    subscribe("1");
    subscribe("2", "{ hello }");
    send({ type: "ping" });
    await expect
      .poll(() => messages.map(({ id, type }) => `${type} ${id ?? ""}`).sort())
      .toEqual(["complete 2", "next 1", "next 2", "pong "]);
  });
});

describe("connections", () => {
  test("a client that loses its connection comes back to the newest state", async () => {
    const followed = follow(connect());
    await seen(followed, ["one"]);
    for (const socket of server.sockets.clients) socket.terminate();
    server.board.set("two");
    await seen(followed, ["one", "two"]);
    await expect.poll(() => [server.shared.members, server.board.watched]).toEqual([1, 1]);
  });

  test("clients that come and go while it changes all see the newest state, and leave nothing", async () => {
    const stays = follow(connect());
    for (let round = 0; round < 20; round++) {
      const passing = Array.from({ length: 5 }, () => follow(connect()));
      server.board.set(`state ${round}`);
      const [first] = passing;
      if (round % 2 === 0) for (const one of passing) one.leave();
      else await expect.poll(() => first?.texts.at(-1)).toBe(`state ${round}`);
      for (const one of passing) one.leave();
    }
    await expect.poll(() => stays.texts.at(-1)).toBe("state 19");
    await expect.poll(() => [server.shared.members, server.board.watched]).toEqual([1, 1]);
  });
});

test("frames are written past ws where that is possible, and by ws elsewhere", async () => {
  await rawClient();
  const [plain] = server.sockets.clients;
  expect(directSocketOf(plain!, Buffer.from("short"))).toBeInstanceOf(Socket);
  expect(directSocketOf(plain!, Buffer.alloc(500))).toBeNull();
});

test("with compression, where frames cannot be shared, results are the same", async () => {
  await server.stop();
  server = await startBoardServer({ compressed: true });
  const { socket, messages, subscribe } = await rawClient();
  expect(socket.extensions).toContain("permessage-deflate");
  for (const client of server.sockets.clients)
    expect(directSocketOf(client, Buffer.from("short"))).toBeNull();
  subscribe("1");
  await expect.poll(() => messages).toHaveLength(1);
  server.board.set("two ".repeat(1_000));
  await expect.poll(() => messages).toHaveLength(2);
  expect(messages[1]).toMatchObject({ payload: { data: { board: { text: "two ".repeat(1_000) } } } });
});
