import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type BoardServer, startBoardServer } from "./boardServer.ts";

let server: BoardServer;
const open: WebSocket[] = [];

afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  await server.stop();
});

async function connect() {
  const socket = new WebSocket(server.url, "graphql-transport-ws");
  open.push(socket);
  const versions: number[] = [];
  socket.on("message", (data) => {
    const message = JSON.parse(String(data));
    if (message.type === "next") versions.push(message.payload.data.board.version);
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init" }));
  await once(socket, "message");
  const payload = { query: "subscription { board { version text } }" };
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload }));
  await expect.poll(() => versions).toHaveLength(1);
  return { socket, versions };
}

/** Far more than the buffers of a connection hold, one state after the other. */
async function change(times: number, follower: { readonly versions: number[] }): Promise<void> {
  for (let n = 0; n < times; n++) {
    server.board.set(`${n} `.padEnd(50_000, "x"));
    await expect.poll(() => follower.versions.at(-1), { interval: 1 }).toBe(server.board.version);
  }
}

const buffered = () =>
  [...server.sockets.clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);

test("I8: states that a slow client has not taken are replaced by newer ones, and it ends with the newest", async () => {
  server = await startBoardServer({ retryMs: 5 });
  const slow = await connect();
  const quick = await connect();
  slow.socket.pause();
  await change(400, quick);
  expect(server.shared.behind).toBe(1);
  // Of 20 MB, the server keeps no more than what the operating system did not take of one frame.
  expect(buffered()).toBeLessThan(60_000);
  slow.socket.resume();
  await expect.poll(() => slow.versions.at(-1), { timeout: 10_000 }).toBe(server.board.version);
  expect(slow.versions.length).toBeLessThan(quick.versions.length);
  expect(slow.versions).toEqual([...slow.versions].sort((a, b) => a - b));
  expect(quick.versions).toHaveLength(401);
  await expect.poll(() => server.shared.behind).toBe(0);
});

test("I8: a client that reads nothing for too long is closed with 1013, and the others go on", async () => {
  server = await startBoardServer({ retryMs: 5, patienceMs: 200 });
  const stalled = await connect();
  const quick = await connect();
  const closed = once(stalled.socket, "close");
  stalled.socket.pause();
  await change(400, quick);
  await expect.poll(() => server.shared.members, { timeout: 10_000 }).toBe(1);
  await change(5, quick);
  expect(quick.versions).toHaveLength(406);
  expect(server.shared.behind).toBe(0);
  // Once it reads again, it finds the close frame, or a cut connection.
  stalled.socket.resume();
  expect([1006, 1013]).toContain((await closed)[0]);
});

test("I8: a client that is closed learns from the close frame, once it reads, that it may come again", async () => {
  server = await startBoardServer({ retryMs: 5, patienceMs: 100 });
  const stalled = await connect();
  const [socket] = server.sockets.clients;
  const quick = await connect();
  const closed = once(stalled.socket, "close");
  stalled.socket.pause();
  while (socket?.readyState === WebSocket.OPEN) await change(1, quick);
  stalled.socket.resume();
  expect((await closed)[0]).toBe(1013);
});

test("I8: a crowd among whom many read nothing is served as if they were not there, and nothing piles up", async () => {
  server = await startBoardServer({ retryMs: 5, patienceMs: 2_000 });
  const crowd = await Promise.all(Array.from({ length: 40 }, connect));
  const stalled = crowd.filter((_, index) => index % 4 === 0);
  const healthy = crowd.filter((_, index) => index % 4 !== 0);
  const closed = stalled.map(({ socket }) => once(socket, "close"));
  for (const { socket } of stalled) socket.pause();
  const [first] = healthy;
  const codes: number[] = [];
  for (const socket of server.sockets.clients) socket.once("close", (code) => codes.push(code));
  const executed = server.board.executed;
  let most = 0;
  for (let changes = 0; server.shared.members > healthy.length && changes < 5_000; changes++) {
    await change(1, first!);
    most = Math.max(most, buffered());
  }
  expect(server.shared.members).toBe(healthy.length);
  await expect.poll(() => codes).toEqual(stalled.map(() => 1013));
  // One frame at most for each of them, though each has missed many.
  expect(most).toBeLessThan(stalled.length * 60_000);
  expect(server.board.executed - executed).toBe(server.board.version - 1);
  for (const { versions } of healthy) {
    await expect.poll(() => versions.at(-1)).toBe(server.board.version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }
  expect(server.shared.behind).toBe(0);
  for (const { socket } of stalled) socket.resume();
  await Promise.all(closed);
});
