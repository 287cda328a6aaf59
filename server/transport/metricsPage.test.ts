import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMetrics } from "../observability/metrics.ts";
import { createHealth } from "./health.ts";
import { type StatusServer, startStatusServer } from "./statusServer.ts";

const TOKEN = "a token of the tests";

async function start(token: string | null): Promise<StatusServer> {
  return startStatusServer({
    health: createHealth({ redis: { check: async () => false, required: true } }),
    metrics: { registry: createMetrics({ version: "1.2.3" }).registry, token },
    isStopping: () => false,
    port: 0,
    host: "127.0.0.1",
  });
}

/** Unlike fetch, this sends the host that it is told. */
function get({ port }: StatusServer, headers: Record<string, string>, path = "/metrics") {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    asked.on("error", reject).end();
  });
}

describe("without a token", () => {
  let server: StatusServer;
  beforeAll(async () => {
    server = await start(null);
  });
  afterAll(() => server.stop());

  test("a program on this machine reads the metrics", async () => {
    const { status, body } = await get(server, {});
    expect(status).toBe(200);
    expect(body).toContain('quiz_build_info{version="1.2.3"');
    expect(body).toContain("nodejs_eventloop_lag_p99_seconds");
    expect(body).toContain("process_start_time_seconds");
  });

  test.each([
    [{ "x-forwarded-for": "203.0.113.7" }],
    [{ forwarded: "for=203.0.113.7" }],
    [{ "x-real-ip": "203.0.113.7" }],
    [{ via: "1.1 proxy" }],
    [{ host: "quiz.example.org" }],
    [{ host: "localhost.example.org" }],
  ])("whoever comes through a proxy on this machine finds nothing: %j", async (headers) => {
    expect((await get(server, headers)).status).toBe(404);
  });
});

describe("with a token", () => {
  let server: StatusServer;
  beforeAll(async () => {
    server = await start(TOKEN);
  });
  afterAll(() => server.stop());

  test("whoever shows it reads the metrics, wherever they come from", async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, host: "quiz.example.org", via: "1.1 proxy" };
    expect((await get(server, headers)).status).toBe(200);
  });

  test.each([{}, { authorization: "Bearer another" }, { authorization: TOKEN }])(
    "nobody else does: %j",
    async (headers: Record<string, string>) => {
      expect((await get(server, headers)).status).toBe(404);
    },
  );
});

test("a process that serves nothing else tells its health", async () => {
  const server = await start(null);
  expect(await get(server, {}, "/health/live")).toMatchObject({ status: 200 });
  const ready = await get(server, {}, "/health/ready");
  expect(ready.status).toBe(503);
  expect(JSON.parse(ready.body)).toEqual({ status: "unavailable", parts: { redis: "down" } });
  expect((await get(server, {}, "/")).status).toBe(404);
  await server.stop();
});
