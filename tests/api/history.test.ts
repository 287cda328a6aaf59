import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Joined, Quiz, Session } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let learner: string;
let quiz: Quiz;
let one: Session;
let two: Session;
const players = new Map<string, Joined>();

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  [host, learner] = [await api.signUp("Host"), await api.signUp("Learner")];
  quiz = await api.createQuiz(host, { visibility: "PUBLIC" });
  const other = await api.createQuiz(host);
  one = await api.open(host, quiz.id, { scoring: "ACCURACY" });
  two = await api.open(host, other.id);
  const someoneElses = await api.open(learner, quiz.id);
  for (const name of ["A_na", "Alna", "Zoë"]) players.set(name, await api.join(one.code, name));
  players.set("Learner", await api.join(one.code, "Learner", learner));
  players.set("a_na", await api.join(two.code, "a_na"));
  players.set("Elsewhere", await api.join(someoneElses.code, "Elsewhere"));
  await api.command("startSession", one.id, host);
  const play = async (name: string, how: "right" | "wrong") => {
    for (const question of quiz.questions.slice(0, 1)) {
      await api.answer(players.get(name)!.playerToken, question.id, answersTo(question)[how]);
    }
  };
  await play("Zoë", "right");
  await play("Learner", "right");
  await play("A_na", "wrong");
  await api.command("removePlayer", players.get("Alna")!.attempt.id, host);
});
afterAll(() => app.stop());

const LIST = `query ($first: Int, $after: String, $filter: AttemptFilter, $orderBy: AttemptOrder) {
  attempts(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id nickname status score rank answers { edges { node { points } } } } } } }`;
interface List {
  attempts: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      hasPreviousPage: boolean;
      startCursor: string | null;
      endCursor: string | null;
    };
    edges: { cursor: string; node: { id: string; nickname: string; joinedAt: string } }[];
  };
}
const list = async (values: object = {}, token = host) =>
  (await api.query<List>(LIST, { ...values }, token)).attempts;
const names = async (values: object = {}, token = host) =>
  (await list(values, token)).edges.map(({ node }) => node.nickname);

describe("attempts", () => {
  test("are those of the host's own sessions, newest first, as they stand", async () => {
    const { totalCount, edges, pageInfo } = await list();
    expect(totalCount).toBe(5);
    expect(edges.map(({ node }) => node.nickname)).toEqual(["a_na", "Learner", "Zoë", "Alna", "A_na"]);
    expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    expect(edges[2]!.node).toMatchObject({
      status: "ACTIVE",
      score: 1000,
      rank: 1,
      answers: { edges: [{ node: { points: 1000 } }] },
    });
    expect(edges[3]!.node).toMatchObject({ status: "REMOVED", rank: 0, score: 0 });
    expect(edges[4]!.node).toMatchObject({ rank: 3, score: 0 });
  });

  test("are a learner's own, and those of sessions that they host", async () => {
    expect(await names({}, learner)).toEqual(["Elsewhere", "Learner"]);
    expect(await names({ filter: { sessionId: one.id } }, learner)).toEqual(["Learner"]);
  });

  test("are for users only", async () => {
    const { playerToken } = players.get("Zoë")!;
    for (const token of [playerToken, undefined])
      expect(await api.codes(LIST, {}, token)).toEqual(["UNAUTHENTICATED"]);
  });

  test("are ordered as asked", async () => {
    const newest = await names();
    expect(await names({ orderBy: "JOINED_AT_ASC" })).toEqual([...newest].reverse());
    const best = await names({ orderBy: "SCORE_DESC" });
    expect(new Set(best.slice(0, 2))).toEqual(new Set(["Zoë", "Learner"]));
    expect(await names({ orderBy: "SCORE_ASC" })).toEqual([...best].reverse());
  });

  test.each(["JOINED_AT_DESC", "JOINED_AT_ASC", "SCORE_DESC", "SCORE_ASC"])(
    "come in pages by %s",
    async (orderBy) => {
      const whole = (await list({ orderBy })).edges.map(({ node }) => node.id);
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: List["attempts"] = await list({ orderBy, first: 2, after });
        expect(page.totalCount).toBe(5);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)!.cursor);
        seen.push(...page.edges.map(({ node }) => node.id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(whole);
    },
  );

  test("are filtered by every rule that is given", async () => {
    expect(await names({ filter: { sessionId: two.id } })).toEqual(["a_na"]);
    expect(await names({ filter: { quizId: quiz.id } })).toEqual(["Learner", "Zoë", "Alna", "A_na"]);
    expect(await names({ filter: { minScore: 1 } })).toEqual(["Learner", "Zoë"]);
    expect(await names({ filter: { quizId: quiz.id, nickname: "ZOË" } })).toEqual(["Zoë"]);
    expect(await names({ filter: { nickname: "Nobody" } })).toEqual([]);
    for (const id of ["nonsense", "", quiz.id])
      expect(await names({ filter: { sessionId: id } })).toEqual([]);
    const READ = "query ($id: ID!) { node(id: $id) { ... on Attempt { joinedAt } } }";
    const { node } = await api.query<{ node: { joinedAt: string } }>(READ, {
      id: players.get("Zoë")!.attempt.id,
    });
    expect(await names({ filter: { joinedAfter: node.joinedAt } })).toEqual(["a_na", "Learner"]);
    expect(await names({ filter: { joinedBefore: node.joinedAt } })).toEqual(["Alna", "A_na"]);
  });

  test("are filtered by a nickname in which nothing has a meaning of its own", async () => {
    expect(await names({ filter: { nickname: "a_NA" } })).toEqual(["a_na", "A_na"]);
    for (const nickname of ["%", "_oë", "\\", "", "\u0000"])
      expect(await names({ filter: { nickname } })).toEqual([]);
  });
});

describe("lists out of range", () => {
  test.each([{ first: 0 }, { first: -1 }, { first: 201 }, { after: "nonsense" }, { after: "" }])(
    "are refused: %j",
    async (values) => {
      expect(await api.codes(LIST, values, host)).toEqual(["BAD_USER_INPUT"]);
      const NESTED = `query ($id: ID!, $first: Int, $after: String) { node(id: $id) {
        ... on Session { attempts(first: $first, after: $after) { edges { cursor } } } } }`;
      expect(await api.codes(NESTED, { id: one.id, ...values }, host)).toEqual(["BAD_USER_INPUT"]);
      const ANSWERS = `query ($id: ID!, $first: Int, $after: String) { node(id: $id) {
        ... on Attempt { answers(first: $first, after: $after) { edges { cursor } } } } }`;
      const { id } = players.get("Zoë")!.attempt;
      expect(await api.codes(ANSWERS, { id, ...values }, host)).toEqual(["BAD_USER_INPUT"]);
    },
  );

  test("are refused with a cursor of another list or order", async () => {
    const cursor = (...keys: string[]) => Buffer.from(JSON.stringify(keys)).toString("base64url");
    const { pageInfo } = await list({ orderBy: "JOINED_AT_ASC", first: 1 });
    for (const after of [
      pageInfo.endCursor,
      cursor("x", "y"),
      cursor("1", "nonsense"),
      cursor("NaN", "\u0000"),
    ]) {
      expect(await api.codes(LIST, { after, orderBy: "SCORE_ASC" }, host), String(after)).toEqual([
        "BAD_USER_INPUT",
      ]);
    }
    expect(await api.codes(LIST, { after: cursor("x", "y") }, host)).toEqual(["BAD_USER_INPUT"]);
    const SESSIONS = "query ($after: String) { viewer { sessions(after: $after) { edges { cursor } } } }";
    expect(await api.codes(SESSIONS, { after: cursor("x") }, host)).toEqual(["BAD_USER_INPUT"]);
    const ANSWERS =
      "query ($after: String) { viewer { attempt { answers(after: $after) { edges { cursor } } } } }";
    const { playerToken } = players.get("Zoë")!;
    expect(await api.codes(ANSWERS, { after: cursor("x") }, playerToken)).toEqual(["BAD_USER_INPUT"]);
  });

  test("are leaderboards of no entry, or of more than a thousand", async () => {
    const BOARD =
      "query ($code: String!, $first: Int) { leaderboard(code: $code, first: $first) { version } }";
    const NESTED = `query ($code: String!, $first: Int) {
      session(code: $code) { leaderboard(first: $first) { version } } }`;
    for (const query of [BOARD, NESTED]) {
      for (const first of [0, -1, 1001]) {
        expect(await api.codes(query, { code: one.code, first })).toEqual(["BAD_USER_INPUT"]);
      }
      for (const first of [1, 1000, null])
        expect(await api.codes(query, { code: one.code, first })).toEqual([]);
    }
  });
});

test("Session.attempts lists everyone in order of joining, the removed too", async () => {
  const ALL = `query ($id: ID!, $after: String) { node(id: $id) { ... on Session {
    attempts(first: 3, after: $after) { pageInfo { hasNextPage endCursor } edges { node { nickname } } } } } }`;
  type All = { node: { attempts: List["attempts"] } };
  const { attempts } = (await api.query<All>(ALL, { id: one.id }, host)).node;
  expect(attempts.edges.map(({ node }) => node.nickname)).toEqual(["A_na", "Alna", "Zoë"]);
  const rest = (await api.query<All>(ALL, { id: one.id, after: attempts.pageInfo.endCursor }, host)).node
    .attempts;
  expect(rest.edges.map(({ node }) => node.nickname)).toEqual(["Learner"]);
  expect(rest.pageInfo.hasNextPage).toBe(false);
});
