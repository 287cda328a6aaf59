import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, type QuizApi, until } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Host");
  quiz = await api.createQuiz(host);
});
afterAll(() => app.stop());

/** A running session at the players' own pace. */
async function running(...nicknames: readonly string[]) {
  const { id, code } = await api.open(host, quiz.id, { pacing: "SELF_PACED" });
  const tokens: string[] = [];
  for (const nickname of nicknames) tokens.push((await api.join(code, nickname)).playerToken);
  await api.command("startSession", id, host);
  return { id, code, tokens };
}

const [first, second] = [() => quiz.questions[0]!, () => quiz.questions[1]!];
const answer = (token: string, question: Quiz["questions"][number], how: "right" | "wrong" = "right") =>
  api.answer(token, question.id, answersTo(question)[how]);

test("nobody gets or answers a question before the start", async () => {
  const { code } = await api.open(host, quiz.id, { pacing: "SELF_PACED" });
  const { playerToken, attempt } = await api.join(code, "Ana");
  expect(attempt.question).toBeNull();
  expect((await api.own(playerToken)).question).toBeNull();
  const refused = await api.answered(playerToken, first().id, answersTo(first()).right);
  expect(refused.__typename).toBe("QuestionNotOpenError");
});

test("the time of a question runs from when it was first handed out, whoever asks again", async () => {
  const { code, tokens } = await running("Ana", "Ben");
  const [ana, ben] = tokens;
  const { question } = await api.own(ana!);
  expect(question).toMatchObject({ id: first().id, number: 1, solution: null, results: null });
  expect(Date.parse(question!.closesAt) - Date.parse(question!.opensAt)).toBe(20_000);
  app.clock.holdAt(Date.parse(question!.opensAt) + 3000);
  expect((await api.own(ana!)).question).toEqual(question);
  expect((await api.join(code, "Ana", ana!)).attempt.question).toEqual(question);
  const later = (await api.own(ben!)).question;
  app.clock.release();
  expect(Date.parse(later!.opensAt) - Date.parse(question!.opensAt)).toBe(3000);
  expect(await api.session(code)).toMatchObject({ state: "RUNNING", question: null });
});

test("an answer counts from the hand-out, and brings the next question, already running", async () => {
  const { tokens } = await running("Ana");
  const { question } = await api.own(tokens[0]!);
  app.clock.holdAt(Date.parse(question!.opensAt) + 5000);
  const submitted = await answer(tokens[0]!, first());
  expect(submitted.answer).toMatchObject({ elapsedMs: 5000, points: 875 });
  expect(submitted.next).toMatchObject({
    id: second().id,
    number: 2,
    opensAt: new Date(Date.parse(question!.opensAt) + 5000).toISOString(),
    solution: null,
  });
  app.clock.release();
  expect((await api.own(tokens[0]!)).question).toEqual(submitted.next);
  const retried = await answer(tokens[0]!, first());
  expect(retried.answer).toEqual(submitted.answer);
  expect(retried.next).toEqual(submitted.next);
});

test("a question that was not handed out yet is not open", async () => {
  const { tokens } = await running("Ana");
  for (const question of quiz.questions) {
    const refused = await api.answered(tokens[0]!, question.id, answersTo(question).right);
    expect(refused.__typename).toBe("QuestionNotOpenError");
  }
  await api.own(tokens[0]!);
  expect((await answer(tokens[0]!, first())).answer.correct).toBe(true);
});

test("a missed question is over, breaks the streak, and the next is handed out when asked for", async () => {
  const { tokens } = await running("Ana");
  const [ana] = tokens;
  await api.own(ana!);
  const { next } = await answer(ana!, first());
  app.clock.holdAt(Date.parse(next!.closesAt) + 501);
  app.clock.release();
  const refused = await api.answered(ana!, second().id, answersTo(second()).right);
  expect(refused.__typename).toBe("QuestionNotOpenError");
  // Asked for at once, before anything else can have noticed that its time is up.
  expect((await api.own(ana!)).question?.number).toBe(3);
  const attempt = await api.own(ana!);
  expect(attempt).toMatchObject({ streak: 0, answeredCount: 1, question: { number: 3 } });
  expect(attempt.review.map(({ question, answer: given }) => [question.id, given !== null])).toEqual([
    [first().id, true],
    [second().id, false],
  ]);
  expect((await answer(ana!, quiz.questions[2]!)).answer.breakdown.streak).toBe(1);
});

test("who has every question behind them is finished, and the session goes on for the others", async () => {
  const { code, tokens } = await running("Ana", "Ben");
  const [ana, ben] = tokens;
  await api.own(ana!);
  for (const question of quiz.questions.slice(0, 3)) await answer(ana!, question);
  const last = await answer(ana!, quiz.questions[3]!);
  expect(last).toMatchObject({
    next: null,
    attempt: { status: "FINISHED", answeredCount: 4, finishedAt: expect.stringMatching(/Z$/) },
  });
  expect(await api.own(ana!)).toMatchObject({ status: "FINISHED", question: null });
  expect((await api.session(code)).state).toBe("RUNNING");
  expect((await api.own(ben!)).question?.number).toBe(1);
});

test("who misses the last question is finished too, without asking", async () => {
  const { tokens, code } = await running("Ana");
  await api.own(tokens[0]!);
  for (const question of quiz.questions.slice(0, 2)) await answer(tokens[0]!, question);
  const { next } = await answer(tokens[0]!, quiz.questions[2]!);
  app.clock.holdAt(Date.parse(next!.closesAt) + 501);
  app.clock.release();
  const { version } = await api.session(code);
  await until(
    () => api.own(tokens[0]!),
    ({ status }) => status === "FINISHED",
  );
  expect((await api.session(code)).version).toBeGreaterThanOrEqual(version);
});

test("latecomers begin at the first question at once", async () => {
  const { code } = await running("Ana");
  const late = await api.join(code, "Late");
  expect(late.attempt.question).toMatchObject({ id: first().id, number: 1 });
  expect((await answer(late.playerToken, first())).next?.number).toBe(2);
});

test("players see the solutions of their own finished questions only", async () => {
  const { id, code, tokens } = await running("Ana", "Ben");
  const [ana, ben] = tokens;
  const { id: anaId } = await api.own(ana!);
  await api.own(ben!);
  await answer(ana!, first(), "wrong");
  const reviewed = (await api.own(ana!)).review;
  expect(reviewed.map(({ question }) => question.solution.choiceIds)).toEqual([[first().choices[0]!.id]]);
  expect((await api.own(ben!)).review).toEqual([]);
  const OTHERS = "query ($id: ID!) { node(id: $id) { ... on Attempt { review { question { id } } } } }";
  expect(await api.codes(OTHERS, { id: anaId }, ben)).toEqual(["FORBIDDEN"]);
  expect(await api.codes(OTHERS, { id: anaId }, host)).toEqual([]);
  const REVIEW = "query ($code: String!) { session(code: $code) { review { id results { answerCount } } } }";
  type Reviewed = { session: { review: { id: string; results: { answerCount: number } }[] } };
  expect((await api.query<Reviewed>(REVIEW, { code })).session.review).toEqual([]);
  await api.command("finishSession", id, host);
  const { review } = (await api.query<Reviewed>(REVIEW, { code })).session;
  expect(review.map(({ results }) => results.answerCount)).toEqual([1, 0, 0, 0]);
});

test("the host's finish ends it for everyone, and keeps what was answered", async () => {
  const { id, tokens } = await running("Ana", "Ben");
  const [ana, ben] = tokens;
  await api.own(ana!);
  await api.own(ben!);
  const { answer: given } = await answer(ana!, first());
  await api.command("finishSession", id, host);
  expect(await api.own(ana!)).toMatchObject({
    status: "FINISHED",
    score: given.points,
    question: null,
    finishedAt: expect.any(String),
  });
  expect((await answer(ana!, first())).answer).toEqual(given);
  const refused = await api.answered(ben!, first().id, answersTo(first()).right);
  expect(refused.__typename).toBe("QuestionNotOpenError");
});

test("a removed player gets no further question", async () => {
  const { tokens } = await running("Ana");
  await api.own(tokens[0]!);
  const { attempt } = await answer(tokens[0]!, first());
  await api.command("removePlayer", attempt.id, host);
  expect(await api.own(tokens[0]!)).toMatchObject({ status: "REMOVED", rank: 0, question: null });
  const refused = await api.answered(tokens[0]!, second().id, answersTo(second()).right);
  expect(refused.__typename).toBe("ForbiddenError");
});
