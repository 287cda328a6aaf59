import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/observability/logger.ts";
import { type RunningServer, startServer } from "../../server/server.ts";
import { type RunningWorker, startWorker } from "../../server/startWorker.ts";
import { createQuizApi } from "../api/quizApi.ts";
import { TEST_SECRET } from "../fixtures/accounts.ts";
import { createPool, startJournalPostgres } from "../fixtures/journalPlay.ts";
import { readMetrics } from "../fixtures/metrics.ts";
import { type RedisProcess, startRedis } from "../fixtures/redis.ts";
import { startWebhookReceiver, verified, type WebhookReceiver } from "../fixtures/webhookReceiver.ts";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let receiver: WebhookReceiver;
let worker: RunningWorker;
let server: RunningServer;
let url: string;

beforeAll(async () => {
  [redis, postgres, receiver] = await Promise.all([
    startRedis(),
    startJournalPostgres(),
    startWebhookReceiver(),
  ]);
  const config = readConfig({
    ...{ PORT: "0", HOST: "127.0.0.1", AUTH_SECRET: TEST_SECRET, DRAIN_SECONDS: "0" },
    ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url, JOURNAL_WORKER: "off" },
    ...{ PUBLIC_URL: "https://quiz.example.org", WEBHOOK_ALLOW_PRIVATE: "on" },
  });
  const logger = createLogger("silent");
  server = await startServer({ config, logger, onCrash: () => {} });
  worker = await startWorker({ config, logger });
  url = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await worker?.stop();
  await server?.stop();
  await receiver?.stop();
  await Promise.all([redis?.remove(), postgres?.remove()]);
});

const tries = async () => {
  const all = await Promise.all([url, `http://127.0.0.1:${worker.port}`].map(readMetrics));
  const count = (outcome: string) =>
    all.reduce((sum, metrics) => sum + metrics.value("quiz_webhook_tries_total", { outcome }), 0);
  return { delivered: count("delivered"), failed: count("failed") + count("given_up") };
};

test("what the worker writes down of a game, server and worker send once between them", async () => {
  const api = createQuizApi(url);
  const host = await api.signUp("Zacharias");
  const { result } = await api.query<{ result: { secret: string } }>(
    `mutation ($url: String!) { result: createWebhook(input: { url: $url, events: [SESSION_FINISHED, ATTEMPT_FINISHED] }) {
      ... on CreateWebhookSuccess { secret } } }`,
    { url: receiver.url },
    host,
  );
  const quiz = await api.createQuiz(host);
  const session = await api.open(host, quiz.id, { pacing: "SELF_PACED" });
  const players = [await api.join(session.code, "Ana"), await api.join(session.code, "Ben")];
  await api.command("startSession", session.id, host);
  await api.command("finishSession", session.id, host);
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(3);
  const told = receiver.received.map((message) => verified(message, result.secret));
  expect(told.find(({ type }) => type === "session.finished")?.data).toMatchObject({
    ...{ sessionId: session.id, playerCount: 2, apiUrl: "https://quiz.example.org/graphql" },
  });
  expect(told.flatMap(({ data }) => data["attemptId"] ?? []).sort()).toEqual(
    players.map(({ attempt }) => attempt.id).sort(),
  );

  // Many at once, for two that take what is due.
  const pool = createPool(postgres.url);
  await pool.query(`INSERT INTO webhook_delivery (id, webhook_id, type, subject_id, occurred_at, next_try_at)
    SELECT gen_random_uuid(), webhook.id, 'webhook.test', gen_random_uuid(), now(), now()
    FROM webhook, generate_series(1, 60)`);
  await pool.end();
  await expect.poll(tries, { timeout: 20_000 }).toEqual({ delivered: 63, failed: 0 });
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(63);
  expect(ids).toHaveLength(63);
  const metrics = await readMetrics(url);
  expect(metrics.value("quiz_webhook_deliveries_waiting")).toBe(0);
  expect(metrics.value("quiz_webhook_overdue_seconds")).toBe(0);
});
