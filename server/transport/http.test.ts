import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTransportApp, type TransportApp } from "../../tests/fixtures/transportApp.ts";

let app: TransportApp;
beforeAll(async () => {
  app = await startTransportApp();
});
afterAll(() => app.stop());

const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(app.url + path, { method, headers });

/** As written, without the tidying that fetch does. */
async function raw(request: string): Promise<string> {
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(request);
  return text(socket);
}

describe("the web app's files", () => {
  test("files with a hash in their name are kept for ever, pages are asked for anew", async () => {
    const script = await get("/assets/main-1a2b.js");
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const page = await get("/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    expect(await page.text()).toContain("<title>App</title>");
  });

  test.each([
    ["br, gzip", "br", "as brotli"],
    ["gzip;q=0.5", "gzip", "as gzip"],
    ["br;q=0, gzip", "gzip", "as gzip"],
    ["identity", null, "console.log(1);"],
  ])("accepting %s, a client gets %s", async (accepted, encoding, body) => {
    const answer = await raw(
      `GET /assets/main-1a2b.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ${accepted}\r\nConnection: close\r\n\r\n`,
    );
    expect(/content-encoding: (\S+)/i.exec(answer)?.[1] ?? null).toBe(encoding);
    expect(answer).toMatch(/vary: accept-encoding/i);
    expect(answer.endsWith(body)).toBe(true);
  });

  test("what a browser still has is not sent again", async () => {
    const etag = (await get("/")).headers.get("etag") ?? "";
    const again = await get("/", { "if-none-match": `W/${etag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect((await get("/", { "if-none-match": '"another"' })).status).toBe(200);
  });

  test("HEAD tells the length and sends nothing", async () => {
    const head = await get("/", {}, "HEAD");
    expect(Number(head.headers.get("content-length"))).toBeGreaterThan(0);
    expect(await head.text()).toBe("");
  });

  test("pages of the app's router are the app, missing files are not", async () => {
    expect(await (await get("/join/123456")).text()).toContain("<title>App</title>");
    for (const path of ["/assets/main-9999.js", "/robots.txt", "/health", "/health/other"]) {
      expect((await get(path)).status, path).toBe(404);
    }
  });

  test.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "//secret.txt",
  ])("nothing outside the folder is reached by %s", async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(answer).not.toContain("outside");
    expect(answer).toMatch(/^HTTP\/1.1 (404|400)/);
  });

  test("an address that cannot be decoded is refused", async () => {
    expect((await get("/%E0%A4%A")).status).toBe(400);
  });

  test("nothing but reading is possible", async () => {
    const answer = await get("/", {}, "DELETE");
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  });

  test("every page forbids inline scripts and foreign frames", async () => {
    for (const path of ["/", "/graphql"]) {
      const { headers } = await get(path, { accept: "text/html" });
      const policy = headers.get("content-security-policy");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });
});

describe("health", () => {
  test("a server whose database is away lives, and is not ready", async () => {
    expect(await (await get("/health/ready")).json()).toEqual({ status: "ready", parts: { database: "up" } });
    app.databaseIsUp = false;
    await expect.poll(async () => (await get("/health/ready")).status, { timeout: 5_000 }).toBe(503);
    const ready = await get("/health/ready");
    expect(await ready.json()).toEqual({ status: "unavailable", parts: { database: "down" } });
    expect((await get("/health/live")).status).toBe(200);
    app.databaseIsUp = true;
  });
});

test("a browser finds the playground at /graphql, a program GraphQL", async () => {
  expect(await (await get("/graphql", { accept: "text/html" })).text()).toContain(
    "<title>Playground</title>",
  );
  const query = "/graphql?query={hello}";
  expect(await (await get(query, { accept: "application/json" })).json()).toEqual({
    data: { hello: "world" },
  });
});
