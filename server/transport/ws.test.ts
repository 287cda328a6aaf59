import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "graphql-ws";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTransportApp, type TransportApp } from "../../tests/fixtures/transportApp.ts";

let app: TransportApp;
const open: WebSocket[] = [];

beforeEach(async () => {
  app = await startTransportApp();
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await app.stop();
});

const address = () => `${app.url.replace("http", "ws")}/graphql`;

function connect(headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(address(), "graphql-transport-ws", { headers });
  socket.on("error", () => {});
  open.push(socket);
  return socket;
}

async function initialised(headers?: Record<string, string>, payload?: unknown): Promise<WebSocket> {
  const socket = connect(headers);
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init", payload }));
  await once(socket, "message");
  return socket;
}

async function ask(socket: WebSocket, query: string): Promise<Record<string, unknown>> {
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
  const [data] = await once(socket, "message");
  return JSON.parse(String(data)) as Record<string, unknown>;
}

const closeCode = async (socket: WebSocket) => (await once(socket, "close"))[0] as number;

/** How the handshake was answered: 101, or the refusal. */
async function statusOf(headers: Record<string, string>): Promise<number> {
  const socket = connect(headers);
  return Promise.race([
    once(socket, "open").then(() => 101),
    once(socket, "unexpected-response").then(([, response]) => response.statusCode as number),
  ]);
}

test("I8: a refused upgrade whose client resets the connection costs nobody else", async () => {
  const { hostname, port } = new URL(app.url);
  for (let n = 0; n < 20; n++) {
    const raw = connectTcp(Number(port), hostname);
    raw.on("error", () => {});
    await once(raw, "connect");
    raw.write("GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    // Some resets come before the refusal is written, some after.
    if (n % 2 === 0) await sleep(1);
    raw.resetAndDestroy();
  }
  await sleep(50);
  expect(await ask(await initialised(), "{ hello }")).toMatchObject({
    payload: { data: { hello: "world" } },
  });
});

test("operations of all kinds work, and an iterator ends with complete", async () => {
  const client = createClient({ url: address(), webSocketImpl: WebSocket });
  const counts: unknown[] = [];
  for await (const { data } of client.iterate({ query: "subscription { count(to: 3) }" }))
    counts.push(data?.["count"]);
  expect(counts).toEqual([1, 2, 3]);
  for await (const { data } of client.iterate({ query: "{ hello }" }))
    expect(data).toEqual({ hello: "world" });
  await client.dispose();
});

test("of a mutation that its client has given up it hears nothing, and its id is free at once", async () => {
  const socket = await initialised();
  const heard: unknown[] = [];
  socket.on("message", (data) => heard.push(JSON.parse(String(data))));
  const subscribe = (id: string, query: string) =>
    socket.send(JSON.stringify({ id, type: "subscribe", payload: { query } }));
  subscribe("1", "mutation { slow(ms: 50) }");
  socket.send(JSON.stringify({ id: "1", type: "complete" }));
  subscribe("1", "{ hello }");
  subscribe("2", "mutation { slow(ms: 100) }");
  await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(4);
  expect(heard).toEqual([
    { id: "1", type: "next", payload: { data: { hello: "world" } } },
    { id: "1", type: "complete" },
    { id: "2", type: "next", payload: { data: { slow: "acknowledged" } } },
    { id: "2", type: "complete" },
  ]);
});

test("what HTTP refuses is refused here: unknown fields, too many tokens; bugs are masked", async () => {
  const socket = await initialised();
  expect(JSON.stringify(await ask(socket, "{ nothing }"))).toContain("Cannot query field");
  expect(JSON.stringify(await ask(socket, "{"))).toContain("Syntax Error");
  expect(JSON.stringify(await ask(socket, `{ ${"a:b ".repeat(2_600)} }`))).toMatch(/token/i);
  const masked = JSON.stringify(await ask(socket, "{ bug }"));
  expect(masked).toContain("Something went wrong on our side.");
  expect(masked).toContain("request-1");
  expect(masked).not.toContain("swordfish");
});

test("the payload of connection_init reaches the context", async () => {
  const socket = await initialised({}, { Authorization: "Bearer abc" });
  expect(await ask(socket, "{ token }")).toMatchObject({
    payload: { data: { token: '{"Authorization":"Bearer abc"}' } },
  });
});

describe("the cookie of the upgrade", () => {
  const cookie = "vq.session_token=abc";

  test("counts for our own pages and for programs", async () => {
    for (const headers of [{ origin: app.url }, { origin: "https://quiz.example.org" }, {}]) {
      const socket = await initialised({ cookie, ...headers });
      expect(await ask(socket, "{ cookie }")).toMatchObject({ payload: { data: { cookie } } });
    }
  });

  test("is refused to other sites, which may connect without it", async () => {
    expect(await statusOf({ cookie, origin: "https://evil.example" })).toBe(403);
    expect(await statusOf({ cookie, origin: "null" })).toBe(403);
    expect(await statusOf({ origin: "https://partner.example" })).toBe(101);
  });
});

test("nothing is compressed, whatever the client offers", async () => {
  const socket = connect();
  await once(socket, "open");
  expect(socket.extensions).toBe("");
});

test("a message over 16 kB ends the connection", async () => {
  const socket = await initialised();
  const closed = closeCode(socket);
  socket.send("x".repeat(16_385));
  expect(await closed).toBe(1009);
});

test("I8: a client that does not read is closed, and the one beside it goes on", async () => {
  const stalled = await initialised();
  const healthy = await initialised();
  stalled.pause();
  stalled.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: "subscription { flood }" } }));
  healthy.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: "subscription { flood }" } }));
  let received = 0;
  healthy.on("message", () => {
    received += 1;
  });
  // Paused, it cannot notice its end; once it reads again, it finds the close frame, or a cut connection.
  await expect.poll(() => app.clients(), { timeout: 20_000 }).toBe(1);
  stalled.resume();
  expect([1006, 1013]).toContain(await closeCode(stalled));
  const before = received;
  await expect.poll(() => received, { timeout: 5_000 }).toBeGreaterThan(before);
});

test("when the server stops, clients are told to come back", async () => {
  const socket = await initialised();
  const closed = closeCode(socket);
  const stopped = app.stop();
  expect(await closed).toBe(1012);
  await stopped;
});
