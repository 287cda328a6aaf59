import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { connect } from "../fixtures/apiClient.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, FIELDS, type QuizApi } from "./quizApi.ts";
import type { Joined, Quiz } from "./shapes.ts";
import { watchEvents, watchSocket } from "./watching.ts";

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

const PLAYERS = 50;
const BOARD = `subscription ($code: String!) {
  leaderboardUpdated(code: $code, first: 1000) { version entries { attemptId score } } }`;
interface Board {
  leaderboardUpdated: { version: number; entries: { attemptId: string; score: number }[] };
}

const nobodyWatched = () =>
  expect.poll(() => app.services.sessions.feed.watched, { timeout: 10_000 }).toBe(0);

test("fifty quick answers are told in a few pushes, the last of them with the newest state", async () => {
  const { id, code } = await api.open(host, quiz.id);
  const players = await Promise.all(
    Array.from({ length: PLAYERS }, (_, index) => api.join(code, `P${index}`)),
  );
  await api.command("startSession", id, host);
  const client = connect(app.url);
  const boards = [watchSocket<Board>(client, BOARD, { code }), watchEvents<Board>(app.url, BOARD, { code })];
  await Promise.all(boards.map((board) => board.until(() => true)));
  const question = quiz.questions[0]!;
  const { right } = answersTo(question);
  const began = performance.now();
  const given = await Promise.all(
    players.map(({ playerToken }) => api.answer(playerToken, question.id, right)),
  );
  const points = new Map(given.map(({ answer, attempt }) => [attempt.id, answer.points]));
  for (const board of boards) {
    const { leaderboardUpdated } = await board.until(({ leaderboardUpdated: { entries } }) =>
      entries.every(({ score }) => score > 0),
    );
    // I4: what everyone was told of their own points is what the leaderboard shows.
    expect(new Map(leaderboardUpdated.entries.map(({ attemptId, score }) => [attemptId, score]))).toEqual(
      points,
    );
    const seconds = (performance.now() - began) / 1000;
    const versions = board.messages.map(({ leaderboardUpdated: { version } }) => version);
    expect(versions.length - 1).toBeLessThanOrEqual(2 + 5 * seconds);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  }
  for (const board of boards) await board.stop();
  await nobodyWatched();
  await client.dispose();
});

test("I4, I5: every change of a session is one version more, however many come at once", async () => {
  const { id, code, version } = await api.open(host, quiz.id);
  const players = await Promise.all(Array.from({ length: 20 }, (_, index) => api.join(code, `P${index}`)));
  expect((await api.session(code)).version).toBe(version + 20);
  await api.command("startSession", id, host);
  const question = quiz.questions[1]!;
  await api.command("nextQuestion", id, host);
  await Promise.all(
    players.map(({ playerToken }, index) =>
      api.answer(playerToken, question.id, answersTo(question)[index % 3 === 0 ? "wrong" : "right"]),
    ),
  );
  expect((await api.session(code)).version).toBe(version + 20 + 2 + 20);
});

test("viewers that vanish, in whatever way, are no longer listened for", async () => {
  const { code } = await api.open(host, quiz.id);
  const leaving = connect(app.url);
  const cut = createClient({
    url: `${app.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  let wire: WebSocket | undefined;
  cut.on("opened", (socket) => {
    wire = socket as WebSocket;
  });
  const watches = [
    watchSocket<Board>(leaving, BOARD, { code }),
    watchSocket<Board>(cut, BOARD, { code }),
    watchEvents<Board>(app.url, BOARD, { code }),
  ];
  await Promise.all(watches.map((watch) => watch.until(() => true)));
  expect(app.services.sessions.feed.watched).toBe(1);
  await watches[0]!.stop();
  wire!.terminate();
  await watches[2]!.stop();
  await nobodyWatched();
  await Promise.all([leaving.dispose(), cut.dispose()]);
});

test.each(["Authorization", "authorization"])(
  "a whole game is played over WebSocket with %s in connection_init",
  async (header) => {
    const client = (token: string) =>
      createClient({
        url: `${app.url.replace("http", "ws")}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { [header]: `Bearer ${token}` },
      });
    const once = async <Data>(
      of: ReturnType<typeof client>,
      query: string,
      values: Record<string, unknown> = {},
    ) => watchSocket<Data>(of, query, values).until(() => true);
    const hosting = client(host);
    const { createSession } = await once<{ createSession: { session: { id: string; code: string } } }>(
      hosting,
      `mutation ($id: ID!) { createSession(input: { quizId: $id }) { ... on CreateSessionSuccess { session { id code } } } }`,
      { id: quiz.id },
    );
    const { id, code } = createSession.session;
    const visitor = createClient({
      url: `${app.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
    });
    const { joinQuiz } = await once<{ joinQuiz: Joined }>(
      visitor,
      `mutation ($code: String!) { joinQuiz(input: { code: $code, nickname: "Ana" }) {
      ... on JoinQuizSuccess { playerToken attempt { id } } } }`,
      { code },
    );
    await once(
      hosting,
      `mutation ($id: ID!) { startSession(sessionId: $id) { ... on SessionSuccess { session { id } } } }`,
      { id },
    );
    const playing = client(joinQuiz.playerToken);
    const { viewer } = await once<{ viewer: { attempt: { id: string; question: { id: string } } } }>(
      playing,
      "{ viewer { attempt { id question { id } } } }",
    );
    expect(viewer.attempt).toEqual({ id: joinQuiz.attempt.id, question: { id: quiz.questions[0]!.id } });
    const { submitAnswer } = await once<{ submitAnswer: { answer: { correct: boolean } } }>(
      playing,
      `mutation ($input: SubmitAnswerInput!) { submitAnswer(input: $input) {
      ${FIELDS.REFUSAL} ... on SubmitAnswerSuccess { answer { correct } } } }`,
      { input: { questionId: viewer.attempt.question.id, answer: answersTo(quiz.questions[0]!).right } },
    );
    expect(submitAnswer.answer.correct).toBe(true);
    await Promise.all([hosting, visitor, playing].map((each) => each.dispose()));
  },
);
