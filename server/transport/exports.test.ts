import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { testObservability } from "../../tests/fixtures/observability.ts";
import type { UserId } from "../core/ids.ts";
import { createExportRoute, type ExportDesk } from "./exports.ts";

const CHUNK = "x".repeat(32 * 1024);

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** The route behind a server of its own, with a file that `chunks` makes up. */
async function serve(chunks: () => AsyncIterable<string>, stalledMs = 60_000) {
  const log: string[] = [];
  const desk: ExportDesk = {
    read: () => ({}),
    follow: async () => null,
    open: async () => ({ fileName: "answers.csv", contentType: "text/csv", chunks: chunks() }),
    dictionaryFile: () => ({ contentType: "text/csv", text: "" }),
  };
  const route = createExportRoute({
    desk,
    createContext: async () => ({
      requestId: "request-1",
      responseHeaders: new Headers(),
      identity: { kind: "user", userId: "somebody" as UserId, via: "token" },
    }),
    logger: testObservability({ write: (line) => log.push(line) }).logger,
    stalledMs,
  });
  const listening = createServer((request, response) => void route(request.url ?? "/", request, response));
  server = listening.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/export/answers.csv`, log };
}

/** A file without an end, and what is known of its making. */
function endless() {
  const made = { chunks: 0, ended: false };
  async function* chunks() {
    try {
      for (;;) {
        made.chunks += 1;
        yield CHUNK;
      }
    } finally {
      made.ended = true;
    }
  }
  return { made, chunks };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(10);
}

/** What was made of the file once nothing more is made. */
async function settled(made: { chunks: number }): Promise<number> {
  for (let before = -1; before !== made.chunks; await sleep(100)) before = made.chunks;
  return made.chunks;
}

test("I8: for a reader who does not read, no more is made than fits between the two", async () => {
  const { made, chunks } = endless();
  const { port } = await serve(chunks);
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /export/answers.csv HTTP/1.1\r\nHost: x\r\n\r\n");
  socket.pause();
  await until(() => made.chunks > 1);
  // The system's own buffers take a few megabytes.
  expect((await settled(made)) * CHUNK.length).toBeLessThan(16_000_000);
  socket.destroy();
  await until(() => made.ended);
});

test("I8: a reader who takes nothing for too long is let go of", async () => {
  const { made, chunks } = endless();
  const { port } = await serve(chunks, 50);
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /export/answers.csv HTTP/1.1\r\nHost: x\r\n\r\n");
  socket.pause();
  await until(() => made.ended);
  socket.destroy();
});

test("one user has two exports at a time, and another when one has ended", async () => {
  const { made, chunks } = endless();
  const { url } = await serve(chunks);
  const first = new AbortController();
  const one = await fetch(url, { signal: first.signal });
  const two = await fetch(url);
  const third = await fetch(url);
  expect(third.status).toBe(429);
  expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await third.json()).toMatchObject({ error: { code: "RATE_LIMITED" } });
  first.abort();
  await one.body?.cancel().catch(() => {});
  await until(() => made.ended);
  let fourth = await fetch(url);
  while (fourth.status === 429) fourth = await fetch(url);
  expect(fourth.status).toBe(200);
  await Promise.all([two.body?.cancel(), fourth.body?.cancel()]);
});

test("what breaks in the middle does not look like a whole file", async () => {
  async function* chunks() {
    yield CHUNK;
    throw new Error("the database is away");
  }
  const { url, log } = await serve(chunks);
  const response = await fetch(url);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  expect(log.join()).toContain("an export broke off");
});

test("what breaks before the file begins is told, without what it was", async () => {
  // biome-ignore lint/correctness/useYield: it has nothing to give
  async function* chunks(): AsyncGenerator<string> {
    throw new Error("the password is swordfish");
  }
  const { url, log } = await serve(chunks);
  const response = await fetch(url);
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ error: { code: "INTERNAL_SERVER_ERROR" } });
  expect(text).not.toContain("swordfish");
  expect(log.join()).toContain("swordfish");
});
