import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { questions } from "../fixtures/quizInput.ts";
import { createQuizApi, FIELDS, type QuizApi } from "./quizApi.ts";
import type { Quiz, Refusal } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Host");
  quiz = await api.createQuiz(host, { questions: [{ ...questions.typed, acceptedAnswers: ["grey"] }] });
});
afterAll(() => app.stop());

const ERASE = `mutation ($input: EraseAccountInput!) { eraseAccount(input: $input) { ${FIELDS.REFUSAL}
  ... on UnfinishedSessionsError { codes }
  ... on EraseAccountSuccess { attempts quizzesDeleted quizzesKept sessionsDeleted sessionsKept } } }`;
type Erased = { eraseAccount: Refusal & { codes?: string[]; attempts?: number } };
const erase = (token: string | undefined, password = "correct horse") =>
  api.query<Erased>(ERASE, { input: { password } }, token).then(({ eraseAccount }) => eraseAccount);

const ERASE_ATTEMPT = `mutation ($id: ID!) { eraseAttempt(attemptId: $id) { ${FIELDS.REFUSAL}
  ... on EraseAttemptSuccess { attemptId } } }`;
const eraseAttempt = (id: string, token?: string) =>
  api
    .query<{ eraseAttempt: Refusal & { attemptId?: string } }>(ERASE_ATTEMPT, { id }, token)
    .then(({ eraseAttempt: result }) => result);

const EXPORT = "{ exportMyData { exportedAt json } }";

/** A game of the host's in which these play, and answer with these words. */
async function play(players: readonly (readonly [string, string, string?])[]) {
  const session = await api.open(host, quiz.id);
  const seats = [];
  for (const [nickname, , token] of players) seats.push(await api.join(session.code, nickname, token));
  await api.command("startSession", session.id, host);
  const question = quiz.questions[0]?.id ?? "";
  for (const [index, [, text]] of players.entries())
    await api.answer(seats[index]?.playerToken ?? "", question, { text });
  return { session, seats };
}

async function attemptsOf(sessionId: string) {
  const query = `query ($filter: AttemptFilter!) { attempts(filter: $filter, orderBy: JOINED_AT_ASC) { edges { node {
    id nickname status score answers { edges { node { text correct } } } } } } }`;
  const { attempts } = await api.query<{
    attempts: { edges: { node: { id: string; nickname: string; answers: { edges: { node: object }[] } } }[] };
  }>(query, { filter: { sessionId } }, host);
  return attempts.edges.map(({ node }) => ({
    ...node,
    answers: node.answers.edges.map((edge) => edge.node),
  }));
}

async function count(): Promise<number> {
  const query = "query ($id: ID!) { quizStatistics(quizId: $id) { attemptCount } }";
  const { quizStatistics } = await api.query<{ quizStatistics: { attemptCount: number } }>(
    query,
    { id: quiz.id },
    host,
  );
  return quizStatistics.attemptCount;
}

test("a learner takes their data away, and goes; what they did stays as nobody's", async () => {
  const learner = await api.signUp("Lena");
  const games = [];
  for (const text of ["grey", "my own name"]) {
    const game = await play([["Lena", text, learner]]);
    await api.command("finishSession", game.session.id, host);
    games.push(game);
  }
  const { exportMyData } = await api.query<{ exportMyData: { json: string } }>(EXPORT, {}, learner);
  const data = JSON.parse(exportMyData.json);
  expect(data).toMatchObject({ account: { name: "Lena" }, signIns: [{}], quizzes: [], sessionsHosted: [] });
  expect(data.attempts).toMatchObject([
    { nickname: "Lena", answers: [{ given: "grey", correct: true }] },
    { nickname: "Lena", answers: [{ given: "my own name", correct: false }] },
  ]);
  expect(await count()).toBe(1);

  expect(await erase(learner, "wrong horse")).toMatchObject({ __typename: "InvalidCredentialsError" });
  expect(await erase(undefined)).toMatchObject({ __typename: "UnauthenticatedError" });
  expect(await erase(learner)).toMatchObject({ __typename: "EraseAccountSuccess", attempts: 2 });

  expect(await api.query("{ viewer { user { name } } }", {}, learner)).toEqual({ viewer: null });
  expect(await erase(learner)).toMatchObject({ __typename: "UnauthenticatedError" });
  const told = await Promise.all(games.map(({ session }) => attemptsOf(session.id)));
  expect(told.flat()).toMatchObject([
    { nickname: "Erased player", answers: [{ text: "grey", correct: true }] },
    { nickname: "Erased player", answers: [{ text: "(erased)", correct: false }] },
  ]);
  // Two attempts without an account are two first ones.
  expect(await count()).toBe(2);
});

test("whoever goes in the middle of a game is taken out of it; the game goes on", async () => {
  const learner = await api.signUp("Max");
  const { session } = await play([
    ["Max", "blue", learner],
    ["Bo", "grey"],
  ]);
  expect(await erase(learner)).toMatchObject({ __typename: "EraseAccountSuccess", attempts: 1 });
  expect(await api.session(session.code)).toMatchObject({ playerCount: 1 });
  await api.command("finishSession", session.id, host);
  expect(await attemptsOf(session.id)).toMatchObject([
    { nickname: "Erased player", status: "REMOVED", answers: [{ text: "(erased)" }] },
    { nickname: "Bo", status: "FINISHED" },
  ]);
});

test("a host cannot go from under the players, and is told of which", async () => {
  const other = await api.signUp("Other host");
  const own = await api.createQuiz(other);
  const session = await api.open(other, own.id);
  expect(await erase(other)).toMatchObject({ __typename: "UnfinishedSessionsError", codes: [session.code] });
  await api.command("finishSession", session.id, other);
  expect(await erase(other)).toMatchObject({ quizzesDeleted: 0, quizzesKept: 1, sessionsKept: 1 });
  expect((await api.session(session.code)).quizTitle).toBe(own.title);
});

test("a host takes a player without an account out of the results, and nobody else does", async () => {
  const { session, seats } = await play([
    ["Kim", "my street"],
    ["Bo", "grey"],
  ]);
  await api.command("finishSession", session.id, host);
  const [kim, bo] = seats.map(({ attempt }) => attempt.id);
  if (!kim || !bo) throw new Error("Nobody joined");
  expect(await eraseAttempt(kim)).toMatchObject({ __typename: "UnauthenticatedError" });
  expect(await eraseAttempt(kim, await api.signUp("Stranger"))).toMatchObject({
    __typename: "ForbiddenError",
  });
  expect(await eraseAttempt(quiz.id, host)).toMatchObject({ __typename: "NotFoundError" });
  for (let again = 0; again < 2; again += 1)
    expect(await eraseAttempt(kim, host)).toMatchObject({ attemptId: kim });
  expect(await attemptsOf(session.id)).toMatchObject([
    { id: kim, nickname: "Erased player", answers: [{ text: "(erased)" }] },
    { id: bo, nickname: "Bo", answers: [{ text: "grey" }] },
  ]);
});
