import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../fixtures/apiClient.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { type MetricsReader, readMetrics } from "../fixtures/metrics.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";
import { stopAll, watchEvents, watchSocket } from "./watching.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Zacharias");
  quiz = await api.createQuiz(host);
});
afterAll(async () => {
  await stopAll();
  await app.stop();
});

const metrics = (): Promise<MetricsReader> => readMetrics(app.url);
const LEADERBOARD = "subscription ($code: String!) { leaderboardUpdated(code: $code) { version } }";

test("a game moves the counters by what was played, and by nothing else", async () => {
  const before = await metrics();
  const { id, code } = await api.open(host, quiz.id);
  const ana = await api.join(code, "Hyacinth");
  const ben = await api.join(code, "Leopold");
  const client = connect(app.url);
  const watch = watchSocket<{ leaderboardUpdated: { version: number } }>(client, LEADERBOARD, { code });
  await watch.until(() => true);

  const during = await metrics();
  expect(during.value("quiz_sockets_open")).toBe(before.value("quiz_sockets_open") + 1);
  expect(during.value("quiz_subscribers", { subscription: "leaderboardUpdated" })).toBe(1);
  expect(during.value("quiz_shared_operations")).toBe(1);
  expect(during.value("quiz_shared_followers")).toBe(1);
  expect(during.value("quiz_shared_followers_behind")).toBe(0);
  expect(during.value("quiz_sessions_watched")).toBe(1);
  expect(during.value("quiz_sessions_kept")).toBe(before.value("quiz_sessions_kept") + 1);

  const question = quiz.questions[0]!;
  const { right, wrong } = answersTo(question);
  await api.answered(ana.playerToken, question.id, right);
  await api.command("startSession", id, host);
  const first = await api.answer(ana.playerToken, question.id, right);
  expect(await api.answer(ana.playerToken, question.id, right)).toEqual(first);
  await api.answered(ana.playerToken, question.id, wrong);
  await api.answered(ben.playerToken, question.id, { text: "of the wrong kind" });
  await api.answer(ben.playerToken, question.id, wrong);
  await api.command("removePlayer", ben.attempt.id, host);
  await api.answered(ben.playerToken, question.id, wrong);
  await watch.until(({ leaderboardUpdated }) => leaderboardUpdated.version >= 5);
  await watch.stop();
  await client.dispose();
  await expect.poll(async () => (await metrics()).value("quiz_sockets_open")).toBe(0);

  const after = await metrics();
  const rise = (name: string, labels: Record<string, string> = {}) =>
    after.value(name, labels) - before.value(name, labels);
  const answers = (outcome: string) => rise("quiz_answers_total", { outcome });
  expect({
    accepted: answers("accepted"),
    repeated: answers("repeated"),
    already_answered: answers("already_answered"),
    invalid: answers("invalid"),
    not_open: answers("not_open"),
    removed: answers("removed"),
    not_found: answers("not_found"),
    unavailable: answers("unavailable"),
    failed: answers("failed"),
  }).toEqual({
    accepted: 2,
    repeated: 1,
    already_answered: 1,
    invalid: 1,
    not_open: 1,
    removed: 1,
    not_found: 0,
    unavailable: 0,
    failed: 0,
  });
  // Repeated ones were acknowledged, too; refused ones were not.
  expect(rise("quiz_answer_acknowledgement_seconds_count")).toBe(3);
  expect(rise("quiz_answer_acknowledgement_seconds_sum")).toBeGreaterThan(0);
  expect(rise("quiz_store_operation_duration_seconds_count", { method: "submit", outcome: "ok" })).toBe(6);
  expect(rise("quiz_operations_total", { transport: "http", kind: "mutation", outcome: "ok" })).toBe(12);
  expect(rise("quiz_operations_total", { transport: "ws", kind: "subscription", outcome: "ok" })).toBe(1);
  expect(rise("quiz_deliveries_total", { transport: "ws", subscription: "leaderboardUpdated" })).toBe(
    watch.messages.length,
  );
  expect(rise("quiz_pushes_total")).toBeGreaterThan(0);
  expect(rise("quiz_journal_entries_written_total")).toBe(
    after.value("quiz_journal_batch_entries_sum") - before.value("quiz_journal_batch_entries_sum"),
  );
  // Opened, two joined, started, two answers, one removed.
  expect(rise("quiz_journal_entries_written_total")).toBe(7);
  expect(after.value("quiz_journal_lag_entries")).toBe(0);
  expect(rise("quiz_sockets_opened_total")).toBe(1);
  expect(rise("quiz_sockets_closed_total", { code: "1000" })).toBe(1);
  expect(after.value("quiz_subscribers", { subscription: "leaderboardUpdated" })).toBe(0);
  expect(after.value("quiz_sessions_watched")).toBe(0);
});

test("who follows over server-sent events is counted, until they go", async () => {
  const { code } = await api.open(host, quiz.id);
  const followers = async () => (await metrics()).value("quiz_subscribers");
  expect(await followers()).toBe(0);
  const watches = [1, 2].map(() => watchEvents(app.url, LEADERBOARD, { code }));
  await Promise.all(watches.map((watch) => watch.until(() => true)));
  expect(await followers()).toBe(2);
  expect((await metrics()).value("quiz_deliveries_total", { transport: "http" })).toBe(2);
  await Promise.all(watches.map((watch) => watch.stop()));
  await expect.poll(followers, { timeout: 5_000 }).toBe(0);
});

test("operations are counted by how they end, over both transports", async () => {
  const before = await metrics();
  await api.codes("{ nothing }");
  await api.codes("{");
  await api.codes("subscription { attemptUpdated { id } }");
  const client = connect(app.url);
  const watch = watchSocket(client, "subscription { attemptUpdated { id } }");
  await watch.over;
  await client.dispose();
  const after = await metrics();
  const rise = (labels: Record<string, string>) =>
    after.value("quiz_operations_total", labels) - before.value("quiz_operations_total", labels);
  expect(rise({ transport: "http", kind: "none", outcome: "invalid" })).toBe(2);
  expect(rise({ transport: "ws", kind: "subscription", outcome: "refused" })).toBe(1);
});

test("no label is chosen by callers: a game more makes no series more, and nobody is named", async () => {
  const play = async (nickname: string) => {
    const { id, code } = await api.open(host, quiz.id);
    const player = await api.join(code, nickname);
    const client = connect(app.url, player.playerToken);
    const watch = watchSocket(client, `subscription Alias${nickname} { ${nickname}: attemptUpdated { id } }`);
    await watch.until(() => true);
    await api.command("startSession", id, host);
    await api.answer(player.playerToken, quiz.questions[0]!.id, answersTo(quiz.questions[0]!).right);
    await api.command("finishSession", id, host);
    await watch.stop();
    await client.dispose();
    return [id, code, player.attempt.id, nickname];
  };
  await play("Adelheid");
  const series = (await metrics()).series;
  const names = await play("Bartholomew");
  const { series: later, text } = await metrics();
  expect(later.filter((name) => !series.includes(name))).toEqual([]);
  for (const name of [...names, "Adelheid"]) expect(text).not.toContain(name);
});

test("the log of whole games has no nickname, no token, no address of anybody", async () => {
  await api.codes("{ bug }");
  const log = app.log.join("");
  expect(app.log.length).toBeGreaterThan(0);
  for (const secret of ["Zacharias", "Hyacinth", "Leopold", "Adelheid", "@example.org", "eyJ", host]) {
    expect(log).not.toContain(secret);
  }
});
