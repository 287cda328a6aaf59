import type { Client } from "graphql-ws";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connect } from "../fixtures/apiClient.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Attempt, Joined, Quiz, Session } from "./shapes.ts";
import { stopAll, type Watch, watchEvents, watchSocket } from "./watching.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;
let socket: Client;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Host");
  quiz = await api.createQuiz(host);
  socket = connect(app.url);
});
afterEach(async () => {
  await stopAll();
  await expect.poll(() => app.services.sessions.feed.watched, { timeout: 10_000 }).toBe(0);
});
afterAll(async () => {
  await socket.dispose();
  await app.stop();
});

const BOARD = `subscription ($code: String!, $first: Int) {
  leaderboardUpdated(code: $code, first: $first) { version playerCount entries { nickname score rank } } }`;
const SESSION = `subscription ($code: String!, $counts: Boolean) { sessionUpdated(code: $code, counts: $counts) {
  version state playerCount question { id answerCount solution { choiceIds } } } }`;
const ATTEMPT = "subscription { attemptUpdated { id score rank status streak question { id } } }";
interface Board {
  leaderboardUpdated: {
    version: number;
    playerCount: number;
    entries: { nickname: string; score: number }[];
  };
}
type SessionPush = { sessionUpdated: Session };
type AttemptPush = { attemptUpdated: Attempt };

const ways = [
  ["WebSocket", <Data>(query: string, values: object) => watchSocket<Data>(socket, query, { ...values })],
  ["SSE", <Data>(query: string, values: object) => watchEvents<Data>(app.url, query, { ...values })],
] as const;

const isIncreasing = (versions: readonly number[]) =>
  versions.every((version, index) => index === 0 || version > versions[index - 1]!);

describe.each(ways)("over %s", (_way, watch) => {
  test("I5: leaderboardUpdated brings the standings at once, then newer ones after changes", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const players = [await api.join(code, "Ana"), await api.join(code, "Ben")];
    const board: Watch<Board> = watch(BOARD, { code });
    const all = await api.query<{ leaderboard: object }>(
      "query ($code: String!) { leaderboard(code: $code) { version playerCount entries { nickname score rank } } }",
      { code },
    );
    expect((await board.until(() => true)).leaderboardUpdated).toEqual(all.leaderboard);
    await api.join(code, "Cem");
    await board.until(({ leaderboardUpdated }) => leaderboardUpdated.playerCount === 3);
    await api.command("startSession", id, host);
    const [question] = quiz.questions;
    for (const { playerToken } of players)
      await api.answer(playerToken, question!.id, answersTo(question!).right);
    await board.until(
      ({ leaderboardUpdated: { entries } }) => entries.filter(({ score }) => score > 0).length === 2,
    );
    await api.command("removePlayer", players[0]!.attempt.id, host);
    await board.until(
      ({ leaderboardUpdated: { entries } }) => entries.map(({ nickname }) => nickname).join() === "Ben,Cem",
    );
    expect(isIncreasing(board.messages.map(({ leaderboardUpdated: { version } }) => version))).toBe(true);
  });

  test("sessionUpdated tells each state, and the solution only once the question is closed", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const session: Watch<SessionPush> = watch(SESSION, { code });
    const reaches = (state: string, question: string | null) =>
      session.until(
        ({ sessionUpdated: now }) => now.state === state && (now.question?.id ?? null) === question,
      );
    await reaches("LOBBY", null);
    await api.join(code, "Ana");
    const [first, second] = quiz.questions.map((question) => question.id);
    await api.command("startSession", id, host);
    expect((await reaches("QUESTION_OPEN", first!)).sessionUpdated.question?.solution).toBeNull();
    await api.command("closeQuestion", id, host);
    expect((await reaches("QUESTION_CLOSED", first!)).sessionUpdated.question?.solution).not.toBeNull();
    await api.command("nextQuestion", id, host);
    await reaches("QUESTION_OPEN", second!);
    await api.command("finishSession", id, host);
    await reaches("FINISHED", null);
    expect(session.messages).toHaveLength(5);
    expect(isIncreasing(session.messages.map(({ sessionUpdated: { version } }) => version))).toBe(true);
  });

  test("sessionUpdated with counts follows joins and answers too", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const session: Watch<SessionPush> = watch(SESSION, { code, counts: true });
    await session.until(({ sessionUpdated }) => sessionUpdated.playerCount === 0);
    const { playerToken } = await api.join(code, "Ana");
    await session.until(({ sessionUpdated }) => sessionUpdated.playerCount === 1);
    await api.command("startSession", id, host);
    await api.answer(playerToken, quiz.questions[0]!.id, answersTo(quiz.questions[0]!).right);
    await session.until(({ sessionUpdated }) => sessionUpdated.question?.answerCount === 1);
  });

  test.each([
    ["an unknown code", BOARD, { code: "000000" }, "NOT_FOUND"],
    ["an unknown code", SESSION, { code: "nonsense" }, "NOT_FOUND"],
    ["a list too short", BOARD, { code: "000000", first: 0 }, "BAD_USER_INPUT"],
    ["a list too long", BOARD, { code: "000000", first: 1001 }, "BAD_USER_INPUT"],
    ["no player's token", ATTEMPT, {}, "UNAUTHENTICATED"],
  ])("%s ends in an error, not in silence", async (_what, query, values, code) => {
    const refused = watch(query, values);
    await refused.over;
    expect(refused.errors).toEqual([code]);
    expect(refused.messages).toEqual([]);
  });
});

describe("attemptUpdated", () => {
  async function seated(
    nickname: string,
    code: string,
  ): Promise<Joined & { follow: Watch<AttemptPush>; end: () => Promise<void> }> {
    const joined = await api.join(code, nickname);
    const client = connect(app.url, joined.playerToken);
    const follow = watchSocket<AttemptPush>(client, ATTEMPT);
    return { ...joined, follow, end: async () => void (await client.dispose()) };
  }

  test("tells every change of score, rank and status, by whomever", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const [ana, ben] = [await seated("Ana", code), await seated("Ben", code)];
    const [question] = quiz.questions;
    const { right, wrong } = answersTo(question!);
    expect((await ana.follow.until(() => true)).attemptUpdated).toMatchObject({
      id: ana.attempt.id,
      score: 0,
      rank: 1,
      status: "ACTIVE",
    });
    await api.command("startSession", id, host);
    await api.answer(ben.playerToken, question!.id, right);
    await ana.follow.until(({ attemptUpdated }) => attemptUpdated.rank === 2);
    const { answer } = await api.answer(ana.playerToken, question!.id, wrong);
    expect(answer.points).toBe(0);
    await api.command("removePlayer", ben.attempt.id, host);
    await ben.follow.until(({ attemptUpdated }) => attemptUpdated.status === "REMOVED");
    await ana.follow.until(({ attemptUpdated }) => attemptUpdated.rank === 1);
    await api.command("finishSession", id, host);
    await ana.follow.until(({ attemptUpdated }) => attemptUpdated.status === "FINISHED");
    await Promise.all([ana.end(), ben.end()]);
  });

  test("is followed over SSE with the token in the header, and not with a user's", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const { playerToken } = await api.join(code, "Ana");
    const follow = watchEvents<AttemptPush>(app.url, ATTEMPT, {}, playerToken);
    await follow.until(() => true);
    await api.command("startSession", id, host);
    const { answer } = await api.answer(
      playerToken,
      quiz.questions[0]!.id,
      answersTo(quiz.questions[0]!).right,
    );
    await follow.until(({ attemptUpdated }) => attemptUpdated.score === answer.points);
    const refused = watchEvents(app.url, ATTEMPT, {}, host);
    await refused.over;
    expect(refused.errors).toEqual(["FORBIDDEN"]);
  });
});
