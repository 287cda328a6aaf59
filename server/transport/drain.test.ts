import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTransportApp, type TransportApp } from "../../tests/fixtures/transportApp.ts";
import type { DrainTimes } from "../app.ts";

let app: TransportApp;
const sockets: WebSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await app.stop();
});

async function start(drain?: DrainTimes): Promise<void> {
  app = await startTransportApp(drain ? { drain } : {});
}

async function connect(): Promise<WebSocket> {
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  socket.on("error", () => {});
  sockets.push(socket);
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init" }));
  await once(socket, "message");
  return socket;
}

const ask = (socket: WebSocket, query: string) =>
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));

/** Everything that the socket received until it was closed, and how, and when. */
async function untilClosed(socket: WebSocket): Promise<{ code: number; at: number; received: string }> {
  const received: string[] = [];
  socket.on("message", (data) => received.push(String(data)));
  const [code] = (await once(socket, "close")) as [number];
  return { code, at: performance.now(), received: received.join("\n") };
}

const hello = (url = app.url) =>
  fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"{ hello }"}',
  });
const subscribeBySse = () =>
  fetch(`${app.url}/graphql?query=${encodeURIComponent("subscription { ticks }")}`, {
    headers: { accept: "text/event-stream" },
  });

test("a server that drains says at once that it is not ready, and serves everyone until balancers know", async () => {
  await start({ notReadyMs: 600, spreadMs: 0, graceMs: 10_000 });
  const early = await connect();
  const closed = untilClosed(early);
  const drained = app.drain();
  const ready = await fetch(`${app.url}/health/ready`);
  expect([ready.status, await ready.json()]).toMatchObject([503, { status: "stopping" }]);
  const answer = await hello();
  expect(await answer.json()).toEqual({ data: { hello: "world" } });
  // A kept connection could be closed by the server in the moment in which the balancer uses it again.
  expect(answer.headers.get("connection")).toBe("close");
  const late = await connect();
  ask(late, "{ hello }");
  expect(String(await once(late, "message"))).toContain("world");
  expect(early.readyState).toBe(WebSocket.OPEN);
  const { code } = await closed;
  expect(code).toBe(1012);
  await drained;
  await expect(hello()).rejects.toThrow();
});

test("I2: a mutation that is under way is acknowledged before its client is sent away", async () => {
  await start({ notReadyMs: 0, spreadMs: 0, graceMs: 10_000 });
  const [busy, idle] = [await connect(), await connect()];
  const ends = [untilClosed(busy), untilClosed(idle)] as const;
  ask(busy, "mutation { slow(ms: 400) }");
  const http = fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"query":"mutation { slow(ms: 400) }"}',
  });
  await sleep(100);
  await app.drain();
  const [busyEnd, idleEnd] = await Promise.all(ends);
  expect(busyEnd.received).toContain("acknowledged");
  expect(busyEnd.received).toContain('"complete"');
  expect([busyEnd.code, idleEnd.code]).toEqual([1012, 1012]);
  expect(idleEnd.at).toBeLessThan(busyEnd.at);
  expect(await (await http).text()).toContain("acknowledged");
});

test("clients are sent away one after the other, watching ones and idle ones alike", async () => {
  await start({ notReadyMs: 0, spreadMs: 1_000, graceMs: 10_000 });
  const ends = [];
  for (let n = 0; n < 20; n++) {
    const socket = await connect();
    if (n % 2 === 0) ask(socket, "subscription { ticks }");
    ends.push(untilClosed(socket));
  }
  await app.drain();
  const all = await Promise.all(ends);
  expect(new Set(all.map(({ code }) => code))).toEqual(new Set([1012]));
  const moments = all.map(({ at }) => at).sort((a, b) => a - b);
  const gaps = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));
  expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeGreaterThan(700);
  // Twenty in a second, each at a random moment of its own slot of 50 ms.
  expect(Math.max(...gaps)).toBeLessThan(400);
  // Not in the order in which they came.
  const order = all.map(({ at }) => moments.indexOf(at));
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
});

test("streams of events end as complete ones do, and new clients are refused while others are sent away", async () => {
  await start({ notReadyMs: 0, spreadMs: 600, graceMs: 10_000 });
  const stream = await subscribeBySse();
  const all = [await connect(), await connect()].map(untilClosed);
  const drained = app.drain();
  await expect(connect()).rejects.toThrow();
  expect(await stream.text()).toContain("tick");
  await Promise.all(all);
  await drained;
});

test("I8: a client that does not let go is cut off when the grace is over", async () => {
  await start({ notReadyMs: 0, spreadMs: 0, graceMs: 300 });
  const socket = await connect();
  ask(socket, "mutation { slow(ms: 20000) }");
  const end = untilClosed(socket);
  await sleep(50);
  await app.drain();
  expect((await end).code).toBe(1006);
});

test("stop is quick, whoever watches, and cuts a drain short", async () => {
  await start({ notReadyMs: 60_000, spreadMs: 60_000, graceMs: 200_000 });
  const ends = [untilClosed(await connect()), untilClosed(await connect())];
  const stream = await subscribeBySse();
  await hello();
  const drained = app.drain();
  await sleep(20);
  const began = performance.now();
  await app.stop();
  await drained;
  expect(performance.now() - began).toBeLessThan(1_500);
  for (const { code } of await Promise.all(ends)) expect(code).toBe(1012);
  await stream.text();
});
