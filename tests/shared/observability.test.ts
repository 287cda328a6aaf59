import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/observability/logger.ts";
import { type RunningServer, startServer } from "../../server/server.ts";
import { type RunningWorker, startWorker } from "../../server/startWorker.ts";
import { answersTo, createQuizApi, type QuizApi, until } from "../api/quizApi.ts";
import type { Quiz, Session } from "../api/shapes.ts";
import { watchSocket } from "../api/watching.ts";
import { TEST_SECRET } from "../fixtures/accounts.ts";
import { connect } from "../fixtures/apiClient.ts";
import { startJournalPostgres } from "../fixtures/journalPlay.ts";
import { readMetrics } from "../fixtures/metrics.ts";
import { type RedisProcess, startRedis } from "../fixtures/redis.ts";
import { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from "../fixtures/traceReceiver.ts";

const SUBMIT = "mutation ($input: SubmitAnswerInput!) { submitAnswer(input: $input) { __typename } }";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let receiver: TraceReceiver;
let worker: RunningWorker;
let server: RunningServer;
let url: string;
let workerUrl: string;
let api: QuizApi;
let host: string;
let quiz: Quiz;
const lines: string[] = [];

beforeAll(async () => {
  [redis, postgres, receiver] = await Promise.all([
    startRedis(),
    startJournalPostgres(),
    startTraceReceiver(),
  ]);
  const logger = createLogger("info", { write: (line) => lines.push(line) });
  const config = readConfig({
    ...{ PORT: "0", HOST: "127.0.0.1", AUTH_SECRET: TEST_SECRET, DRAIN_SECONDS: "0" },
    ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url, JOURNAL_WORKER: "off" },
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_TRACES_SAMPLER_ARG: "1" },
  });
  server = await startServer({ config, logger, onCrash: () => {} });
  worker = await startWorker({ config, logger });
  url = `http://127.0.0.1:${server.port}`;
  workerUrl = `http://127.0.0.1:${worker.port}`;
  api = createQuizApi(url);
  host = await api.signUp("Zacharias");
  quiz = await api.createQuiz(host);
});
afterAll(async () => {
  await server?.stop();
  await worker?.stop();
  await Promise.all([redis?.remove(), postgres?.remove(), receiver?.stop()]);
});

async function openQuestion(nickname: string): Promise<{ session: Session; playerToken: string }> {
  const session = await api.open(host, quiz.id);
  const { playerToken } = await api.join(session.code, nickname);
  await api.command("startSession", session.id, host);
  return { session, playerToken };
}

const input = () => ({ questionId: quiz.questions[0]!.id, answer: answersTo(quiz.questions[0]!).right });
const ready = async (of: string) => {
  const response = await fetch(`${of}/health/ready`);
  return { status: response.status, body: await response.json() };
};

describe("An answer", () => {
  test("is followed from its socket, through Redis, to the worker's transaction in PostgreSQL", async () => {
    const { playerToken } = await openQuestion("Hyacinth");
    const client = connect(url, playerToken);
    await watchSocket(client, SUBMIT, { input: input() }).over;
    await client.dispose();

    const operation = await until(
      async () => receiver.spans.find((span) => attributeOf(span, "graphql.field") === "submitAnswer"),
      (span) => span !== undefined,
    );
    const trace = () => receiver.spans.filter(({ traceId }) => traceId === operation?.traceId);
    await until(
      async () => trace(),
      (spans) => spans.some(({ name }) => name === "journal.write"),
    );
    const chain = ["graphql.mutation", "submitAnswer", "store.submit", "journal.write"];
    const spans = chain.map((name) => trace().find((span) => span.name === name));
    expect(spans.map((span) => span?.service)).toEqual([
      ...["quiz-server", "quiz-server", "quiz-server", "quiz-worker"],
    ]);
    expect(spans.map((span) => span?.parentSpanId)).toEqual([
      undefined,
      ...spans.slice(0, -1).map((span) => span?.spanId),
    ]);
    for (const secret of ["Hyacinth", playerToken, host]) expect(receiver.text()).not.toContain(secret);
  });

  test("is counted by the server that took it and by the worker that stored it", async () => {
    const before = await readMetrics(workerUrl);
    const { playerToken } = await openQuestion("Leopold");
    await api.answer(playerToken, input().questionId, input().answer);
    const written = (reader: typeof before) => reader.value("quiz_journal_entries_written_total");
    // Opened, joined, started, answered.
    await until(
      () => readMetrics(workerUrl),
      (now) => written(now) >= written(before) + 4 && now.value("quiz_journal_lag_entries") === 0,
    );
    const metrics = await readMetrics(url);
    expect(metrics.value("quiz_answers_total", { outcome: "accepted" })).toBeGreaterThan(0);
    expect(metrics.value("quiz_redis_memory_used_bytes")).toBeGreaterThan(0);
    for (const name of ["quiz_journal_lag_entries", "quiz_journal_lag_seconds", "quiz_journal_dead_letters"])
      expect(metrics.series).toContain(name);
    expect(metrics.value("quiz_sessions_kept")).toBe(2);
    for (const part of ["redis", "database"]) expect(metrics.value("quiz_part_up", { part })).toBe(1);
  });
});

describe("While PostgreSQL is away", () => {
  test("games go on, the server says that it is degraded, and its log is short", async () => {
    const { playerToken } = await openQuestion("Bartholomew");
    const begin = lines.length;
    await postgres.stop();
    await until(
      () => ready(url),
      ({ body }) => body.status === "degraded",
    );
    expect(await ready(url)).toEqual({
      status: 200,
      body: { status: "degraded", parts: { database: "down", redis: "up" } },
    });
    expect((await ready(workerUrl)).status).toBe(503);
    await api.answer(playerToken, input().questionId, input().answer);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const metrics = await readMetrics(url);
    expect(metrics.value("quiz_part_up", { part: "database" })).toBe(0);
    expect(metrics.value("quiz_journal_lag_entries")).toBeGreaterThan(0);
    await postgres.start();
    await until(
      () => readMetrics(workerUrl),
      (now) => now.value("quiz_journal_lag_entries") === 0,
    );
    await until(
      () => ready(url),
      ({ body }) => body.status === "ready",
    );
    await until(
      async () => lines.slice(begin).join(""),
      (log) => log.includes('"part":"database"') && log.includes("a part is back"),
    );
    expectShort(lines.slice(begin));
  });
});

describe("While Redis is away", () => {
  test("the server is not ready and says so, answers are unavailable, and its log is short", async () => {
    const { playerToken } = await openQuestion("Adelheid");
    const begin = lines.length;
    await redis.kill();
    await until(
      () => ready(url),
      ({ status }) => status === 503,
    );
    expect((await ready(url)).body).toEqual({
      status: "unavailable",
      parts: { database: "up", redis: "down" },
    });
    const codes = await api.codes(SUBMIT, { input: input() }, playerToken);
    expect(codes).toEqual(["UNAVAILABLE"]);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const metrics = await readMetrics(url);
    expect(metrics.value("quiz_part_up", { part: "redis" })).toBe(0);
    expect(metrics.value("quiz_answers_total", { outcome: "unavailable" })).toBe(1);
    // What cannot be read is not there, rather than old.
    expect(metrics.series).not.toContain("quiz_journal_lag_entries");
    await redis.start();
    await until(
      () => ready(url),
      ({ status }) => status === 200,
    );
    await until(
      () => readMetrics(url),
      (now) => now.value("quiz_store_absences_total", { kind: "cut_off" }) === 1,
    );
    await api.answer(playerToken, input().questionId, input().answer);
    expectShort(lines.slice(begin));
  });
});

test("no log line names anybody", () => {
  const log = lines.join("");
  for (const secret of [
    "Zacharias",
    "Hyacinth",
    "Leopold",
    "Bartholomew",
    "Adelheid",
    "@example.org",
    "eyJ",
    host,
  ])
    expect(log).not.toContain(secret);
});

/** Two processes, several parts: an outage is a handful of lines, not one for each try. */
function expectShort(log: readonly string[]): void {
  const troubles = log.filter((line) => (JSON.parse(line) as { level: number }).level >= 40);
  expect(troubles.length).toBeGreaterThan(0);
  expect(troubles.length, troubles.join("")).toBeLessThan(8);
}

const attributeOf = ({ attributes }: ReceivedSpan, name: string) =>
  attributes.find(({ key }) => key === name)?.value.stringValue;
