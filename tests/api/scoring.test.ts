import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Answer, AnswerInput, Quiz } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;

/** Points and time limits at which rounding and the speed show; the second question has three right choices. */
const WORTH = [
  { points: 999, seconds: 7 },
  { points: 1000, seconds: 30 },
  { points: 1, seconds: 1 },
  { points: 10_000, seconds: 600 },
  { points: 0, seconds: 20 },
  { points: 777, seconds: 13 },
] as const;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Host");
  const choices = ["one", "two", "three", "four", "five"].map((text, index) => ({
    text,
    correct: index < 3,
  }));
  quiz = await api.createQuiz(host, {
    questions: WORTH.map(({ points, seconds }, index) => ({
      kind: "MULTIPLE_CHOICE",
      prompt: `Number ${index + 1}`,
      choices,
      points,
      timeLimitSeconds: seconds,
    })),
  });
});
afterAll(() => app.stop());

/** The rule as it is written down, in exact whole numbers; `picked`: right and wrong choices of three and two. */
function expectedPoints(
  scoring: "CLASSIC" | "ACCURACY",
  worth: (typeof WORTH)[number],
  elapsedMs: number,
  [right, wrong]: readonly [number, number],
  inARow: number,
): number {
  const limit = BigInt(worth.seconds * 1000);
  const slow = scoring === "CLASSIC" && elapsedMs >= 500 ? BigInt(elapsedMs) : 0n;
  const numerator = BigInt(worth.points) * (2n * limit - slow) * BigInt(Math.max(0, right - wrong));
  const denominator = 2n * limit * 3n;
  const rounded = Number((2n * numerator + denominator) / (2n * denominator));
  const isRight = right === 3 && wrong === 0;
  return rounded + (scoring === "CLASSIC" && isRight ? Math.min((inARow - 1) * 100, 500) : 0);
}

const pick = (
  question: Quiz["questions"][number],
  [right, wrong]: readonly [number, number],
): AnswerInput => ({
  choiceIds: [...question.choices.slice(0, right), ...question.choices.slice(3, 3 + wrong)].map(
    ({ id }) => id,
  ),
});

test.each(["CLASSIC", "ACCURACY"] as const)(
  "I4: %s gives the points that its rule says, and the score is their sum",
  async (scoring) => {
    const { id, code } = await api.open(host, quiz.id, { scoring });
    const exact = (await api.join(code, "Exact")).playerToken;
    const partly = (await api.join(code, "Partly")).playerToken;
    let session = await api.command("startSession", id, host);
    const given: Answer[] = [];
    for (const [index, worth] of WORTH.entries()) {
      const question = quiz.questions[index]!;
      const opensAt = Date.parse(session.question!.opensAt);
      const waits = [0, 499, 500, 333_333, 20_000, 13_400][index]!;
      app.clock.holdAt(opensAt + waits);
      const first = (await api.answer(exact, question.id, pick(question, [3, 0]))).answer;
      const share = (
        [
          [2, 0],
          [3, 1],
          [2, 2],
          [1, 0],
          [3, 2],
          [0, 1],
        ] as const
      )[index]!;
      const second = (await api.answer(partly, question.id, pick(question, share))).answer;
      app.clock.release();
      for (const { elapsedMs } of [first, second]) {
        expect(elapsedMs).toBe(Math.min(waits, worth.seconds * 1000));
      }
      expect(first.points, `question ${index + 1}`).toBe(
        expectedPoints(scoring, worth, first.elapsedMs, [3, 0], index + 1),
      );
      expect(second.points, `question ${index + 1}, partly`).toBe(
        expectedPoints(scoring, worth, second.elapsedMs, share, 0),
      );
      expect([first.correct, second.correct]).toEqual([true, false]);
      const { base, speed, share: part, streakBonus } = first.breakdown;
      expect(first.points).toBe(Math.floor(base * speed * part + 0.5 + 1e-9) + streakBonus);
      given.push(first);
      session = await api.command("nextQuestion", id, host);
    }
    const { score, streak, correctCount } = await api.own(exact);
    expect({ streak, correctCount }).toEqual({ streak: 6, correctCount: 6 });
    expect(score).toBe(given.reduce((sum, { points }) => sum + points, 0));
    const { leaderboard } = await api.query<{ leaderboard: { entries: { score: number }[] } }>(
      "query ($code: String!) { leaderboard(code: $code) { entries { score } } }",
      { code },
    );
    expect(leaderboard.entries[0]!.score).toBe(score);
    expect(await api.answersOf(exact)).toEqual(given);
  },
);

test("a wrong, a partly right and a missing answer each break the streak", async () => {
  const { id, code } = await api.open(host, quiz.id);
  const { playerToken } = await api.join(code, "Ana");
  await api.command("startSession", id, host);
  const streaks: number[] = [];
  for (const [index, picked] of ([[3, 0], [2, 0], [3, 0], null, [3, 0], [3, 0]] as const).entries()) {
    const question = quiz.questions[index]!;
    if (picked) {
      const { answer, attempt } = await api.answer(playerToken, question.id, pick(question, picked));
      expect(attempt.streak).toBe(answer.breakdown.streak);
      expect(answer.breakdown.streakBonus).toBe(Math.max(0, answer.breakdown.streak - 1) * 100);
      streaks.push(answer.breakdown.streak);
    }
    await api.command("closeQuestion", id, host);
    if (!picked) expect((await api.own(playerToken)).streak).toBe(0);
    await api.command("nextQuestion", id, host);
  }
  expect(streaks).toEqual([1, 0, 1, 1, 2]);
});

test("I6: half a second after the deadline is forgiven and counts as the full time, no more", async () => {
  const { id, code } = await api.open(host, quiz.id);
  const [ana, ben] = [await api.join(code, "Ana"), await api.join(code, "Ben")];
  const { question } = await api.command("startSession", id, host);
  const [first] = quiz.questions;
  const { right } = answersTo(first!);
  app.clock.holdAt(Date.parse(question!.closesAt) + 499);
  const { answer } = await api.answer(ana.playerToken, first!.id, right);
  expect(answer).toMatchObject({ elapsedMs: 7000, points: 500, correct: true });
  expect(await api.session(code)).toMatchObject({ state: "QUESTION_OPEN", question: { solution: null } });
  app.clock.holdAt(Date.parse(question!.closesAt) + 501);
  const late = await api.answered(ben.playerToken, first!.id, right);
  app.clock.release();
  expect(late.__typename).toBe("QuestionNotOpenError");
  expect((await api.answer(ana.playerToken, first!.id, right)).answer).toEqual(answer);
});

test("I7: equal scores share a rank, 1, 2, 2, 4, the earlier to reach it first", async () => {
  const { id, code } = await api.open(host, quiz.id, { scoring: "ACCURACY" });
  const names = ["Nobody", "Third", "Second", "First", "Lurker"];
  const tokens = new Map<string, string>();
  for (const name of names) tokens.set(name, (await api.join(code, name)).playerToken);
  await api.command("startSession", id, host);
  const [one, two] = quiz.questions;
  const give = (name: string, question = one!, share: readonly [number, number] = [3, 0]) =>
    api.answer(tokens.get(name)!, question.id, pick(question, share));
  await give("First");
  await give("Second");
  await give("Third");
  await give("Nobody", one, [0, 1]);
  await api.command("nextQuestion", id, host);
  await give("First", two);
  // No points, no new place: who was second stays before the third.
  await give("Second", two, [0, 1]);
  const { leaderboard } = await api.query<{ leaderboard: { entries: object[]; playerCount: number } }>(
    "query ($code: String!) { leaderboard(code: $code) { playerCount entries { rank nickname score correctCount } } }",
    { code },
  );
  expect(leaderboard).toEqual({
    playerCount: 5,
    entries: [
      { rank: 1, nickname: "First", score: 1999, correctCount: 2 },
      { rank: 2, nickname: "Second", score: 999, correctCount: 1 },
      { rank: 2, nickname: "Third", score: 999, correctCount: 1 },
      { rank: 4, nickname: "Nobody", score: 0, correctCount: 0 },
      { rank: 4, nickname: "Lurker", score: 0, correctCount: 0 },
    ],
  });
  for (const [name, rank] of [
    ["First", 1],
    ["Third", 2],
    ["Lurker", 4],
  ] as const) {
    expect((await api.own(tokens.get(name)!)).rank).toBe(rank);
  }
});
