import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { play } from "../../scripts/simulate/player.ts";
import { Progress } from "../../scripts/simulate/progress.ts";
import { failureOf, RefusedError, retryDelay } from "../../scripts/simulate/retry.ts";
import { createQuizApi, type QuizApi, until } from "../api/quizApi.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { questions } from "../fixtures/quizInput.ts";
import { startTroubledProxy, type TroubledProxy } from "../fixtures/troubledProxy.ts";

let app: TestApp;
let proxy: TroubledProxy;
let api: QuizApi;
let host: string;

beforeAll(async () => {
  app = await startApp();
  proxy = await startTroubledProxy(Number(new URL(app.url).port));
  api = createQuizApi(app.url);
  host = await api.signUp();
});
afterAll(async () => {
  await proxy?.stop();
  await app?.stop();
});

const PLAYERS = 8;
const QUESTIONS = 8;
/** People think for a while, even fast ones. */
vi.setConfig({ testTimeout: 120_000 });

/** Simulated players, who reach the server over the proxy, and what they have met. */
function crowd(code: string) {
  const progress = new Progress();
  const leaving = new AbortController();
  setMaxListeners(0, leaving.signal);
  const args = { code, players: PLAYERS, speed: 10, url: `http://127.0.0.1:${proxy.port}`, joinRate: 100 };
  const done = Promise.all(
    Array.from({ length: PLAYERS }, (_, n) => play(args, `Player ${n}`, progress, leaving.signal)),
  );
  return { progress, done };
}

test("I1, I3: a crowd whose connections break again and again answers every question once, and says so", async () => {
  const quiz = await api.createQuiz(host, {
    questions: Array.from({ length: QUESTIONS }, (_, n) => ({
      ...questions.single,
      prompt: `Question ${n}`,
      timeLimitSeconds: 20,
    })),
  });
  const { id, code } = await api.open(host, quiz.id, { pacing: "SELF_PACED" });
  const { progress, done } = crowd(code);
  await until(
    async () => progress.joined,
    (joined) => joined === PLAYERS,
  );
  await api.command("startSession", id, host);
  const trouble = setInterval(() => proxy.drop(), 700);
  const answered = `query ($code: String!) { session(code: $code) { attempts(first: 50) { edges { node { answeredCount status } } } } }`;
  type Answered = {
    session: { attempts: { edges: { node: { answeredCount: number; status: string } }[] } };
  };
  const { session } = await until(
    () => api.query<Answered>(answered, { code }, host),
    (data) => data.session.attempts.edges.every(({ node }) => node.status === "FINISHED"),
  );
  clearInterval(trouble);
  await api.command("finishSession", id, host);
  await done;
  expect(session.attempts.edges.map(({ node }) => node.answeredCount)).toEqual(
    Array(PLAYERS).fill(QUESTIONS),
  );
  const line = progress.line(PLAYERS);
  expect(line).toContain(`${PLAYERS * QUESTIONS} answers`);
  expect(line).not.toContain("×");
  expect(line).toMatch(/\d+ reconnects after \d+ lost connections/);
});

test("joins and answers wait for a server that is away", async () => {
  const quiz = await api.createQuiz(host, { questions: [questions.single] });
  const { id, code } = await api.open(host, quiz.id, { closeWhenAllAnswered: true });
  proxy.cut();
  const { progress, done } = crowd(code);
  await until(
    async () => progress.joinRetries,
    (retries) => retries > PLAYERS,
  );
  expect(progress.joined).toBe(0);
  proxy.heal();
  await until(
    async () => progress.joined,
    (joined) => joined === PLAYERS,
  );
  await api.command("startSession", id, host);
  await until(
    async () => progress.question,
    (number) => number === 1,
  );
  proxy.cut();
  await sleep(1_500);
  proxy.heal();
  await until(
    () => api.session(code),
    ({ state }) => state === "QUESTION_CLOSED",
  );
  await api.command("finishSession", id, host);
  await done;
  expect(progress.line(PLAYERS)).toMatch(new RegExp(`^${PLAYERS}/${PLAYERS} in .* ${PLAYERS} answers`));
});

test("who is refused does not ask again", async () => {
  await expect(crowd("000000").done).rejects.toThrow(RefusedError);
  expect(failureOf([{ message: "no", extensions: { code: "FORBIDDEN" } }])).toBeInstanceOf(RefusedError);
  for (const code of ["UNAVAILABLE", "INTERNAL_SERVER_ERROR"])
    expect(failureOf([{ message: "later", extensions: { code } }])).not.toBeInstanceOf(RefusedError);
});

test("a retry waits at random: up to 100 ms, then 250 ms, 500 ms … 5 s", () => {
  for (const [retries, most] of [100, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000].entries()) {
    const waits = Array.from({ length: 500 }, () => retryDelay(retries));
    expect(Math.max(...waits)).toBeLessThan(most);
    expect(Math.max(...waits)).toBeGreaterThan(most * 0.8);
    expect(Math.min(...waits)).toBeLessThan(most * 0.2);
  }
});
