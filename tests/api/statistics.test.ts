import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { createQuizApi, type QuizApi } from "./quizApi.ts";

let app: TestApp;
let api: QuizApi;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
});
afterAll(() => app.stop());

const STATISTICS = `query ($id: ID!, $filter: AttemptFilter) { quizStatistics(quizId: $id, filter: $filter) {
  attemptCount meanScore reliability
  questions { questionId answerCount facility discrimination medianElapsedMs choices { choiceId correct count } } } }`;
interface Statistics {
  quizStatistics: {
    attemptCount: number;
    meanScore: number;
    reliability: number | null;
    questions: { answerCount: number; facility: number; discrimination: number; medianElapsedMs: number }[];
  } | null;
}

test("quizStatistics gives the figures of a small example that was computed by hand", async () => {
  const host = await api.signUp("Host");
  const choices = [
    { text: "right", correct: true },
    { text: "wrong", correct: false },
    { text: "worse", correct: false },
  ];
  const quiz = await api.createQuiz(host, {
    visibility: "PUBLIC",
    questions: [1, 2, 3].map((number) => ({ kind: "SINGLE_CHOICE", prompt: `Number ${number}`, choices })),
  });
  const statistics = async (filter = {}, token: string | undefined = host) =>
    (await api.query<Statistics>(STATISTICS, { id: quiz.id, filter }, token)).quizStatistics;

  const { id, code } = await api.open(host, quiz.id, { scoring: "ACCURACY" });
  const names = ["P1", "P2", "P3", "P4", "Gone"];
  const tokens: string[] = [];
  for (const name of names) tokens.push((await api.join(code, name)).playerToken);
  // What each player picks, question by question, and after how many ms; null: no answer.
  const picks = [
    [
      [0, 1000],
      [0, 2000],
      [0, 3000],
      [1, 4001],
      [1, 9000],
    ],
    [[0, 1000], [0, 2000], [2, 3000], null, [1, 9000]],
    [
      [0, 500],
      [1, 1500],
      [2, 2000],
      [2, 2501],
      [1, 9000],
    ],
  ] as const;
  let session = await api.command("startSession", id, host);
  for (const [index, row] of picks.entries()) {
    const question = quiz.questions[index]!;
    const opensAt = Date.parse(session.question!.opensAt);
    for (const [player, pick] of row.entries()) {
      if (!pick) continue;
      app.clock.holdAt(opensAt + pick[1]);
      await api.answer(tokens[player]!, question.id, { choiceIds: [question.choices[pick[0]]!.id] });
    }
    app.clock.release();
    if (index < 2) session = await api.command("nextQuestion", id, host);
  }
  await api.command("removePlayer", (await api.own(tokens[4]!)).id, host);

  // Nothing is finished yet: every question is listed, nothing is counted.
  expect(await statistics()).toMatchObject({
    attemptCount: 0,
    meanScore: 0,
    reliability: null,
    questions: quiz.questions.map((question) => ({
      questionId: question.id,
      answerCount: 0,
      facility: null,
      discrimination: null,
      medianElapsedMs: null,
      choices: question.choices.map((choice) => ({ choiceId: choice.id, correct: choice.correct, count: 0 })),
    })),
  });

  await api.command("finishSession", id, host);
  // Shares: P1 1 1 1, P2 1 1 0, P3 1 0 0, P4 0 – 0. Item variances 1/4, 1/3, 1/4; variance of the totals 5/3.
  const counted = await statistics();
  expect(counted).toMatchObject({ attemptCount: 4, meanScore: 1500 });
  expect(counted!.reliability).toBeCloseTo(0.75, 10);
  const [first, second, third] = counted!.questions;
  expect(first).toMatchObject({ answerCount: 4, facility: 3 / 4, medianElapsedMs: 2500 });
  expect(second).toMatchObject({ answerCount: 3, medianElapsedMs: 2000 });
  expect(third).toMatchObject({ answerCount: 4, facility: 1 / 4, medianElapsedMs: 1750 });
  expect(second!.facility).toBeCloseTo(2 / 3, 10);
  expect(first!.discrimination).toBeCloseTo(0.25 / Math.sqrt((1 / 4) * (11 / 12)), 10);
  expect(second!.discrimination).toBeCloseTo(1 / Math.SQRT2, 10);
  expect(third!.discrimination).toBeCloseTo(0.25 / Math.sqrt((1 / 4) * (11 / 12)), 10);
  const picked = counted!.questions.map((question) =>
    (question as typeof question & { choices: { count: number }[] }).choices.map(({ count }) => count),
  );
  expect(picked).toEqual([
    [3, 1, 0],
    [2, 0, 1],
    [1, 1, 2],
  ]);

  expect(await statistics({ minScore: 2000 })).toMatchObject({ attemptCount: 2, meanScore: 2500 });
  expect(await statistics({ nickname: "p4" })).toMatchObject({
    attemptCount: 1,
    meanScore: 0,
    reliability: null,
  });
  expect(await statistics({}, tokens[0])).toBeNull();
  expect(await statistics({}, await api.signUp("Stranger"))).toBeNull();
  expect((await api.query<Statistics>(STATISTICS, { id: quiz.id })).quizStatistics).toBeNull();
  expect((await api.query<Statistics>(STATISTICS, { id: "nonsense" }, host)).quizStatistics).toBeNull();
});

test("quizStatistics counts the share of a partly right answer, without speed and streak", async () => {
  const host = await api.signUp("Host");
  const choices = ["one", "two", "three"].map((text) => ({ text, correct: text !== "three" }));
  const quiz = await api.createQuiz(host, {
    questions: [1, 2].map((number) => ({ kind: "MULTIPLE_CHOICE", prompt: `Number ${number}`, choices })),
  });
  const { id, code } = await api.open(host, quiz.id, { pacing: "SELF_PACED" });
  const players = [await api.join(code, "Half"), await api.join(code, "Full")];
  await api.command("startSession", id, host);
  for (const [index, { playerToken }] of players.entries()) {
    await api.own(playerToken);
    for (const question of quiz.questions) {
      const ids = question.choices.slice(0, index + 1).map((choice) => choice.id);
      await api.answer(playerToken, question.id, { choiceIds: ids });
    }
  }
  // Who is through with every question is finished, before the session is.
  const { quizStatistics } = await api.query<Statistics>(STATISTICS, { id: quiz.id }, host);
  expect(quizStatistics).toMatchObject({
    attemptCount: 2,
    questions: [{ facility: 0.5 }, { facility: 0.5 }],
  });
  // Shares ½ ½ and 1 1: the items agree entirely.
  expect(quizStatistics!.reliability).toBeCloseTo(1, 10);
  expect(quizStatistics!.questions[0]!.discrimination).toBeCloseTo(1, 10);
});
