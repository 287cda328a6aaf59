import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { createQuizApi, type QuizApi } from "./quizApi.ts";

let app: TestApp;
let api: QuizApi;
let code: string;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  const host = await api.signUp("host");
  const quiz = await api.createQuiz(host);
  code = (await api.open(host, quiz.id)).code;
});
afterAll(() => app.stop());

const JOIN = `mutation ($input: JoinQuizInput!) {
  joinQuiz(input: $input) {
    __typename
    ... on JoinQuizSuccess { playerToken attempt { id nickname } session { playerCount } }
    ... on ValidationError { issues { path } }
  }
}`;

interface Reply {
  readonly joinQuiz: {
    readonly __typename: string;
    readonly attempt: { readonly id: string; readonly nickname: string };
    readonly session: { readonly playerCount: number };
    readonly issues: readonly { readonly path: readonly string[] }[];
  };
}

const join = async (nickname: string, requestKey: string) =>
  (await api.query<Reply>(JOIN, { input: { code, nickname, requestKey } })).joinQuiz;

test("I3: a join whose reply was lost, sent again, finds the seat that it took", async () => {
  const key = "the same for each retry";
  const first = await join("Ana", key);
  const again = await join("Ana", key);
  expect(again.attempt).toEqual(first.attempt);
  expect(again.session.playerCount).toBe(1);
  // Even by another name: a player may have changed their mind after the connection broke.
  expect((await join("Anastasia", key)).attempt).toEqual(first.attempt);
  const other = await join("Bo", "another player's own key");
  expect(other.attempt.id).not.toBe(first.attempt.id);
  expect(other.session.playerCount).toBe(2);
});

test("two retries at the same moment make one seat", async () => {
  const replies = await Promise.all(Array.from({ length: 5 }, () => join("Cleo", "sent five times at once")));
  expect(new Set(replies.map(({ attempt }) => attempt.id)).size).toBe(1);
});

test("a key that could be guessed is refused", async () => {
  const refused = await join("Dora", "1234");
  expect(refused.__typename).toBe("ValidationError");
  expect(refused.issues[0]?.path).toEqual(["requestKey"]);
});
