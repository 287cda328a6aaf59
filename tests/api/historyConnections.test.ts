import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let learner: string;
let quiz: Quiz;
const codes: string[] = [];

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  [host, learner] = [await api.signUp("Host"), await api.signUp("Learner")];
  quiz = await api.createQuiz(host, { visibility: "PUBLIC" });
  for (const how of ["wrong", "right"] as const) {
    const { id, code } = await api.open(host, quiz.id, { scoring: "ACCURACY" });
    codes.push(code);
    const players = [
      await api.join(code, "Ana"),
      await api.join(code, "Lea", learner),
      await api.join(code, "Idle"),
    ];
    let session = await api.command("startSession", id, host);
    for (const question of quiz.questions) {
      await api.answer(players[0]!.playerToken, question.id, answersTo(question).right);
      await api.answer(players[1]!.playerToken, question.id, answersTo(question)[how]);
      session = await api.command("nextQuestion", id, host);
    }
    expect(session.state).toBe("FINISHED");
  }
});
afterAll(() => app.stop());

const ask = async <Data>(query: string, values: object = {}, token = host) =>
  api.query<Data>(query, { id: quiz.id, ...values }, token);
interface Edges<Node> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
}

describe("Quiz.sessions", () => {
  const SESSIONS = `query ($id: ID!, $first: Int, $after: String) { node(id: $id) { ... on Quiz {
    sessions(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { code playerCount } } } } } }`;
  type Sessions = { node: { sessions: Edges<{ code: string; playerCount: number }> } };
  const page = async (values = {}, token = host) =>
    (await ask<Sessions>(SESSIONS, values, token)).node.sessions;

  test("are those that the viewer opened, newest first, in pages", async () => {
    const { edges, totalCount, pageInfo } = await page({ first: 1 });
    expect(totalCount).toBe(2);
    expect(edges.map(({ node }) => node)).toEqual([{ code: codes[1], playerCount: 3 }]);
    const rest = await page({ first: 1, after: pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => node.code)).toEqual([codes[0]]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  test("of somebody else's are none", async () => {
    expect(await page({}, learner)).toMatchObject({ totalCount: 0, edges: [] });
  });
});

describe("Quiz.answers", () => {
  const ANSWERS = `query ($id: ID!, $first: Int, $after: String, $filter: AnswerFilter) { node(id: $id) { ... on Quiz {
    answers(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage endCursor }
      edges { cursor node { id questionId correct attempt { nickname } } } } } } }`;
  type Answers = {
    node: {
      answers: Edges<{ id: string; questionId: string; correct: boolean; attempt: { nickname: string } }>;
    };
  };
  const page = async (values = {}, token = host) => (await ask<Answers>(ANSWERS, values, token)).node.answers;

  test("are those of the viewer's sessions, newest first, in pages that miss and repeat nothing", async () => {
    const all = await page();
    expect(all.totalCount).toBe(quiz.questions.length * 4);
    expect(all.edges).toHaveLength(all.totalCount);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const next: Edges<{ id: string }> = await page({ first: 3, after });
      seen.push(...next.edges.map(({ node }) => node.id));
      after = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(all.edges.map(({ node }) => node.id));
  });

  test("of a learner are their own", async () => {
    const { edges, totalCount } = await page({}, learner);
    expect(totalCount).toBe(quiz.questions.length * 2);
    expect(new Set(edges.map(({ node }) => node.attempt.nickname))).toEqual(new Set(["Lea"]));
  });

  test("are filtered by question, by being right and by their attempts", async () => {
    const [first] = quiz.questions;
    const toFirst = await page({ filter: { questionId: first!.id } });
    expect(toFirst.totalCount).toBe(4);
    expect(new Set(toFirst.edges.map(({ node }) => node.questionId))).toEqual(new Set([first!.id]));
    const wrong = await page({ filter: { correct: false } });
    expect(new Set(wrong.edges.map(({ node }) => node.attempt.nickname))).toEqual(new Set(["Lea"]));
    expect(wrong.totalCount).toBe(quiz.questions.length);
    expect((await page({ filter: { attempts: { nickname: "ana" } } })).totalCount).toBe(
      quiz.questions.length * 2,
    );
    expect((await page({ filter: { questionId: "nonsense" } })).edges).toEqual([]);
  });
});

test("attempts are filtered by who played and by their scores", async () => {
  const ATTEMPTS = `query ($filter: AttemptFilter) { attempts(filter: $filter) { edges { node { nickname score } } } }`;
  type Attempts = { attempts: Edges<{ nickname: string; score: number }> };
  const list = async (filter: object) =>
    (await ask<Attempts>(ATTEMPTS, { filter })).attempts.edges.map(({ node }) => node);
  const { viewer } = await api.query<{ viewer: { user: { id: string } } }>(
    "{ viewer { user { id } } }",
    {},
    learner,
  );
  const full = quiz.questions.length * 1000;
  expect(await list({ userId: viewer.user.id })).toEqual([
    { nickname: "Lea", score: full },
    { nickname: "Lea", score: 0 },
  ]);
  expect(await list({ userId: viewer.user.id, maxScore: full - 1 })).toEqual([{ nickname: "Lea", score: 0 }]);
  expect(await list({ userId: "nonsense" })).toEqual([]);
});

describe("aggregates", () => {
  const LEADERS = `query ($id: ID!, $period: LeaderPeriod, $week: DateTime, $by: LeaderFigure) {
    viewer { leaders(period: $period, week: $week) { rank nickname score attempts user { name } } }
    node(id: $id) { ... on Quiz { leaders(period: $period, week: $week, by: $by) { rank nickname score attempts } } } }`;
  interface Leader {
    readonly rank: number;
    readonly nickname: string;
    readonly score: number;
    readonly attempts: number;
  }
  type Leaders = { viewer: { leaders: Leader[] }; node: { leaders: Leader[] } };

  test("the best learners of a quiz are ranked by their best attempt, those of a host by all that they collected", async () => {
    const full = quiz.questions.length * 1000;
    const { viewer, node } = await ask<Leaders>(LEADERS);
    expect(node.leaders).toEqual(
      [
        { rank: 1, nickname: "Ana", score: full, attempts: 1 },
        { rank: 1, nickname: "Ana", score: full, attempts: 1 },
        { rank: 1, nickname: "Lea", score: full, attempts: 2 },
        { rank: 4, nickname: "Idle", score: 0, attempts: 1 },
        { rank: 4, nickname: "Idle", score: 0, attempts: 1 },
      ]
        .sort((a, b) => a.rank - b.rank)
        .map((leader) => expect.objectContaining({ rank: leader.rank, score: leader.score })),
    );
    expect(viewer.leaders.find(({ nickname }) => nickname === "Lea")).toMatchObject({
      score: full,
      user: { name: "Learner" },
    });
  });

  test("of a week in which nobody played, there are none", async () => {
    const { viewer, node } = await ask<Leaders>(LEADERS, { period: "WEEK", week: "2020-01-01T00:00:00Z" });
    expect([viewer.leaders, node.leaders]).toEqual([[], []]);
    expect((await ask<Leaders>(LEADERS, { period: "WEEK" })).node.leaders).toHaveLength(5);
  });

  const PROGRESS = `query ($user: ID, $step: ProgressStep) { learnerProgress(userId: $user, step: $step) {
    from attempts answers correct meanShare meanScore } }`;
  type Progress = {
    learnerProgress: { attempts: number; answers: number; correct: number; meanShare: number }[];
  };

  test("a learner's progress is theirs, and their host's", async () => {
    const count = quiz.questions.length;
    const own = (await api.query<Progress>(PROGRESS, { step: "MONTH" }, learner)).learnerProgress;
    expect(own).toMatchObject([{ attempts: 2, answers: 2 * count, correct: count, meanShare: 0.5 }]);
    const { viewer } = await api.query<{ viewer: { user: { id: string } } }>(
      "{ viewer { user { id } } }",
      {},
      learner,
    );
    const asked = { user: viewer.user.id, step: "MONTH" };
    expect((await api.query<Progress>(PROGRESS, asked, host)).learnerProgress).toEqual(own);
    const stranger = await api.signUp("Stranger");
    expect((await api.query<Progress>(PROGRESS, asked, stranger)).learnerProgress).toEqual([]);
  });
});

describe("statistics", () => {
  const BOTH = `query ($id: ID!, $code: String!, $attempts: AttemptSelection) {
    quizStatistics(quizId: $id, attempts: $attempts) { selection attemptCount smallSample
      questions { answerCount askedCount skippedCount facility randomGuessScore } }
    session(code: $code) { statistics(attempts: $attempts) { attemptCount questions { facility skippedCount } } } }`;
  interface Item {
    readonly answerCount: number;
    readonly askedCount: number;
    readonly skippedCount: number;
    readonly facility: number;
  }
  type Both = {
    quizStatistics: { attemptCount: number; smallSample: boolean; questions: Item[] };
    session: { statistics: { attemptCount: number; questions: Item[] } | null };
  };

  test("count a learner's first attempt unless all are asked for, and say who skipped", async () => {
    const first = await ask<Both>(BOTH, { code: codes[0] });
    // Lea's second attempt, all right, is not counted.
    expect(first.quizStatistics).toMatchObject({ attemptCount: 5, smallSample: true });
    expect(first.quizStatistics.questions[0]).toMatchObject({
      answerCount: 3,
      askedCount: 5,
      skippedCount: 2,
    });
    expect(first.quizStatistics.questions[0]!.facility).toBeCloseTo(2 / 3, 12);
    const all = await ask<Both>(BOTH, { code: codes[0], attempts: "ALL" });
    expect(all.quizStatistics.attemptCount).toBe(6);
    expect(all.quizStatistics.questions[0]!.facility).toBe(0.75);
  });

  test("of a session are its own, for its host", async () => {
    const { session } = await ask<Both>(BOTH, { code: codes[1] });
    expect(session.statistics).toMatchObject({ attemptCount: 3 });
    expect(session.statistics!.questions[0]).toEqual({ facility: 1, skippedCount: 1 });
    expect((await ask<Both>(BOTH, { code: codes[1] }, learner)).session.statistics).toBeNull();
  });
});
