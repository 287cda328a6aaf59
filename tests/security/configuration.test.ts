import { createHash } from "node:crypto";
import { once } from "node:events";
import { getIntrospectionQuery } from "graphql";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createProtection, type ProtectionOptions } from "../../server/transport/limits/index.ts";
import { startTransportApp, type TransportApp } from "../fixtures/transportApp.ts";
import { openSocket, sendOver, type Told, TRANSPORTS } from "./transports.ts";

const started: TransportApp[] = [];
afterEach(async () => {
  for (const app of started.splice(0)) await app.stop();
});

/** A server, and its address. */
async function start(options: ProtectionOptions = {}): Promise<string> {
  const app = await startTransportApp({ protection: createProtection(options) });
  started.push(app);
  return app.url;
}

const codesOf = ({ errors = [] }: Told) => errors.map(({ extensions }) => extensions?.code);

/** How the handshake of a WebSocket is answered. */
async function handshake(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
  socket.on("error", () => {});
  const status = await Promise.race([
    once(socket, "open").then(() => 101),
    once(socket, "unexpected-response").then(([, response]) => response.statusCode as number),
  ]);
  return { status, socket };
}

const ask = (url: string, headers: Record<string, string>, method = "POST") =>
  fetch(`${url}/graphql`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(method === "POST" && { body: JSON.stringify({ query: "{ hello }" }) }),
  });

describe("other sites", () => {
  const listed = { origin: "https://school.example", authorization: "Bearer abc" };
  const unlisted = { origin: "https://evil.example", authorization: "Bearer abc" };

  test("may all call with a bearer token, unless they are listed; then those may, and our own pages", async () => {
    const open = await start();
    expect((await ask(open, unlisted)).status).toBe(200);
    expect((await handshake(open, unlisted)).status).toBe(101);

    const closed = await start({ allowedOrigins: ["https://school.example"] });
    for (const headers of [listed, { origin: closed }, { origin: "https://quiz.example.org" }, {}]) {
      expect((await ask(closed, headers)).status, JSON.stringify(headers)).toBe(200);
      expect((await handshake(closed, headers)).status, JSON.stringify(headers)).toBe(101);
    }
    for (const headers of [
      unlisted,
      { ...unlisted, origin: "null" },
      { ...listed, origin: "https://school.example.evil.example" },
    ]) {
      for (const type of ["application/json", "text/event-stream"]) {
        expect((await ask(closed, { ...headers, accept: type })).status, headers.origin).toBe(403);
      }
      expect((await handshake(closed, headers)).status, headers.origin).toBe(403);
    }
  });

  test("are told by CORS who may call, and never that the cookie may come along", async () => {
    const closed = await start({ allowedOrigins: ["https://school.example"] });
    const preflight = async (origin: string) =>
      (await ask(closed, { origin, "access-control-request-method": "POST" }, "OPTIONS")).headers;
    expect((await preflight("https://school.example")).get("access-control-allow-origin")).toBe(
      "https://school.example",
    );
    expect((await preflight("https://evil.example")).get("access-control-allow-origin")).not.toBe(
      "https://evil.example",
    );
    expect((await preflight("https://school.example")).get("access-control-allow-credentials")).toBeNull();
  });

  test("cannot change anything by what a browser sends without asking: GET, forms, plain text", async () => {
    const url = await start();
    const cookie = { cookie: "vq.session_token=abc" };
    const byGet = await fetch(`${url}/graphql?query=${encodeURIComponent("mutation { signIn }")}`, {
      headers: cookie,
    });
    expect(byGet.status).toBe(405);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/json, text/plain",
    ]) {
      expect(
        (await ask(url, { ...cookie, "content-type": type, origin: "https://evil.example" })).status,
        type,
      ).toBe(415);
    }
    expect((await ask(url, { ...cookie, origin: "https://evil.example" })).status).toBe(403);
    expect((await handshake(url, { ...cookie, origin: "https://evil.example" })).status).toBe(403);
  });
});

test("with INTROSPECTION=off the schema is not told, over any transport; the type's name is", async () => {
  const url = await start({ introspection: false });
  for (const [name, send] of TRANSPORTS) {
    for (const query of [getIntrospectionQuery(), '{ __type(name: "Query") { name } }']) {
      const told = await send(url, { query });
      expect(told.data ?? null, name).toBeNull();
      expect(told.errors?.[0]?.message, name).toMatch(/introspection/i);
    }
    expect((await send(url, { query: "{ __typename }" })).data, name).toEqual({ __typename: "Query" });
  }
});

test("with PLAYGROUND=off there is none", async () => {
  const page = { headers: { accept: "text/html" } };
  expect((await fetch(`${await start()}/graphql`, page)).status).toBe(200);
  expect((await fetch(`${await start({ playground: false })}/graphql`, page)).status).toBe(404);
});

test("every answer carries the headers that browsers protect by", async () => {
  const url = await start();
  for (const [path, accept] of [
    ["/", "text/html"],
    ["/graphql", "text/html"],
    ["/graphql?query={hello}", "application/json"],
    ["/health/live", "*/*"],
    ["/none.js", "*/*"],
  ] as const) {
    const { headers } = await fetch(url + path, { headers: { accept } });
    expect(Object.fromEntries(headers), path).toMatchObject({
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("script-src 'self';");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(headers.get("permissions-policy"), path).toContain("camera=()");
  }
});

describe("sockets", () => {
  test("of one address are counted, by what a trusted proxy says", async () => {
    const url = await start({ maxSocketsPerAddress: 2, trustedProxies: ["loopback"] });
    const one = { "x-forwarded-for": "203.0.113.1" };
    const first = await handshake(url, one);
    expect([first.status, (await handshake(url, one)).status, (await handshake(url, one)).status]).toEqual([
      101, 101, 429,
    ]);
    expect((await handshake(url, { "x-forwarded-for": "203.0.113.2" })).status).toBe(101);
    const stream = (from: string) =>
      fetch(`${url}/graphql?query=${encodeURIComponent("subscription { ticks }")}`, {
        headers: { accept: "text/event-stream", "x-forwarded-for": from },
      });
    const full = await stream("203.0.113.1");
    expect([full.status, full.headers.get("retry-after")]).toEqual([429, "5"]);
    expect(codesOf((await full.json()) as Told)).toEqual(["RATE_LIMITED"]);
    const streams = [await stream("203.0.113.3"), await stream("203.0.113.3"), await stream("203.0.113.3")];
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 429]);
    for (const { body } of streams) await body?.cancel();
    await expect
      .poll(async () => (await handshake(url, { "x-forwarded-for": "203.0.113.3" })).status)
      .toBe(101);
    first.socket.terminate();
    await expect.poll(async () => (await handshake(url, one)).status).toBe(101);
  });

  test("cannot say themselves where they come from", async () => {
    const told: string[] = [];
    const url = await start({ maxSocketsPerAddress: 1, onUntrustedProxy: (proxy) => told.push(proxy) });
    expect((await handshake(url, { "x-forwarded-for": "203.0.113.1" })).status).toBe(101);
    expect((await handshake(url, { "x-forwarded-for": "203.0.113.2" })).status).toBe(429);
    expect(told).toHaveLength(1);
  });

  test("that do not say who they are do not stay", async () => {
    const url = await start();
    const protection = { ...createProtection(), connectionInitMs: 50 };
    const app = await startTransportApp({ protection });
    started.push(app);
    const { socket } = await handshake(app.url);
    expect((await once(socket, "close"))[0]).toBe(4408);
    expect((await handshake(url)).socket.readyState).toBe(WebSocket.OPEN);
  });

  test("that send without pause are closed, and may come back", async () => {
    const url = await start();
    const socket = await openSocket(url);
    const closed = once(socket, "close");
    for (let n = 0; n < 2_000; n++) socket.send('{"type":"ping"}');
    expect((await closed)[0]).toBe(1013);
    expect(await sendOver(await openSocket(url), "1", { query: "{ hello }" })).toEqual({
      data: { hello: "world" },
    });
  });
});

describe("persisted operations", () => {
  const text = "query Hello { hello }";
  const documentId = `sha256:${createHash("sha256").update(text).digest("hex")}`;
  const persistedTexts = new Map([[documentId, text]]);

  test("are sent by their ids, and everything else as text; with PERSISTED_ONLY=on nothing else is executed", async () => {
    const [open, closed] = await Promise.all([
      start({ persistedTexts }),
      start({ persistedTexts, persistedOnly: true }),
    ]);
    for (const [name, send] of TRANSPORTS) {
      for (const url of [open, closed]) {
        expect(await send(url, { documentId }), name).toEqual({ data: { hello: "world" } });
        // Twice: the second time, the text is known.
        expect(await send(url, { documentId }), name).toEqual({ data: { hello: "world" } });
        expect(codesOf(await send(url, { documentId: "sha256:0" })), name).toEqual([
          "PERSISTED_OPERATION_NOT_FOUND",
        ]);
      }
      expect(await send(open, { query: "{ hello }" }), name).toEqual({ data: { hello: "world" } });
      for (const query of ["{ hello }", text]) {
        expect(codesOf(await send(closed, { query })), name).toEqual(["PERSISTED_OPERATIONS_ONLY"]);
      }
    }
  });

  test("of a page that is newer than its server are found a moment later", async () => {
    const url = await start({ reloadPersisted: async () => persistedTexts });
    const [, [, send]] = TRANSPORTS as [unknown, (typeof TRANSPORTS)[1]];
    expect(codesOf(await send(url, { documentId }))).toEqual(["PERSISTED_OPERATION_NOT_FOUND"]);
    expect(await send(url, { documentId })).toEqual({ data: { hello: "world" } });
  });
});
