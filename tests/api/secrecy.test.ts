import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request } from "../fixtures/apiClient.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { questions } from "../fixtures/quizInput.ts";
import { answersTo, createQuizApi, FIELDS, type QuizApi } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;

const SECRET = "SECRET";
const ORDER_PARTS = ["We", "had", "never", "before", "seen", "such", "a", "mess."];

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Host");
  quiz = await api.createQuiz(host, {
    visibility: "PUBLIC",
    title: "Hidden things",
    questions: [
      { ...questions.single, choices: [...questions.single.choices], explanation: SECRET },
      { ...questions.multiple, choices: [...questions.multiple.choices], explanation: SECRET },
      { ...questions.typed, acceptedAnswers: [SECRET, "open"], explanation: SECRET },
      {
        kind: "ORDER",
        prompt: "Order!",
        choices: ORDER_PARTS.map((text) => ({ text })),
        explanation: SECRET,
      },
    ],
  });
});
afterAll(() => app.stop());

/** Everything that a curious outsider can think of asking. */
const SPY = `query ($code: String!, $session: ID!, $quiz: ID!, $question: ID!, $attempt: ID!, $answer: ID!) {
  session(code: $code) { ${FIELDS.SESSION} review { id solution { choiceIds } } leaderboard { entries { score } } }
  bySession: node(id: $session) { ... on Session { review { id } question { solution { choiceIds } results { answerCount } } } }
  quiz(id: $quiz) { questions { acceptedAnswers explanation choices { correct } } }
  byQuiz: node(id: $quiz) { ... on Quiz { questions { id } } }
  quizzes(search: "Hidden") { edges { node { id questions { id } } } }
  byQuestion: node(id: $question) { __typename ... on Question { choices { correct } acceptedAnswers } }
  byAttempt: node(id: $attempt) { ... on Attempt { ${FIELDS.ATTEMPT} question { id } } }
  byAnswer: node(id: $answer) { __typename ... on Answer { correct choiceIds text } }
  quizStatistics(quizId: $quiz) { questions { choices { correct } } }
  viewer { attempt { id question { ${FIELDS.LIVE_QUESTION} } review { ${FIELDS.REVIEWED} } } }
}`;

interface Seen {
  session: { question: { solution: object | null; results: object | null } | null; review: { id: string }[] };
  bySession: { review: object[]; question: { solution: object | null; results: object | null } | null };
  quiz: { questions: object | null };
  byQuiz: { questions: object | null };
  quizzes: { edges: { node: { questions: object | null } }[] };
  byQuestion: object | null;
  byAnswer: object | null;
  byAttempt: { question: object | null };
  quizStatistics: object | null;
  viewer: { attempt: { review: object[] } | null } | null;
}

describe("until a question closes", () => {
  test.each([1, 2, 3, 4])(
    "nobody but the quiz's owner can reach the solution of question %i",
    async (number) => {
      const { id, code } = await api.open(host, quiz.id);
      const spy = (await api.join(code, "Spy")).playerToken;
      const other = await api.join(code, "Other");
      const learner = await api.signUp("Learner");
      await api.join(code, "Learner", learner);
      const elsewhere = await api.open(learner, quiz.id);
      const passerBy = (await api.join(elsewhere.code, "Passer-by")).playerToken;
      await api.command("startSession", id, host);
      for (let step = 1; step < number; step++) await api.command("nextQuestion", id, host);
      const question = quiz.questions[number - 1]!;
      const given = (await api.answer(other.playerToken, question.id, answersTo(question).right)).answer;
      // One's own answer is told at once, and nothing else of the question.
      await api.answer(spy, question.id, answersTo(question).wrong);

      const values = {
        code,
        session: id,
        quiz: quiz.id,
        question: question.id,
        attempt: other.attempt.id,
        answer: given.id,
      };
      for (const token of [spy, learner, passerBy, undefined]) {
        const seen = await api.query<Seen>(SPY, values, token);
        expect(seen.session.question).toMatchObject({ solution: null, results: null, answerCount: 2 });
        expect(seen.session.review).toHaveLength(number - 1);
        expect(seen.bySession.question).toEqual({ solution: null, results: null });
        expect([seen.quiz.questions, seen.byQuiz.questions]).toEqual([null, null]);
        expect(seen.quizzes.edges.map(({ node }) => node.questions)).toEqual([null]);
        expect([seen.byQuestion, seen.byAnswer, seen.quizStatistics]).toEqual([null, null, null]);
        expect(seen.byAttempt.question).toBeNull();
        expect(seen.viewer?.attempt?.review ?? []).toHaveLength(token === spy ? number - 1 : 0);
        expect(JSON.stringify({ ...seen, viewer: null })).not.toContain(SECRET);
      }
      await api.command("closeQuestion", id, host);
      const closed = (await api.query<Seen>(SPY, values, spy)).session;
      expect(closed.question).toMatchObject({
        solution: { explanation: SECRET },
        results: { answerCount: 2, correctCount: 1 },
      });
      expect(closed.review).toHaveLength(number);
    },
  );

  test("other players' answers, and the list of attempts, are for the host", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const spy = (await api.join(code, "Spy")).playerToken;
    const { attempt, playerToken } = await api.join(code, "Other");
    await api.command("startSession", id, host);
    await api.answer(playerToken, quiz.questions[0]!.id, answersTo(quiz.questions[0]!).right);
    const stranger = await api.signUp("Stranger");
    const ANSWERS =
      "query ($id: ID!) { node(id: $id) { ... on Attempt { answers { edges { node { correct } } } } } }";
    const REVIEW = "query ($id: ID!) { node(id: $id) { ... on Attempt { review { answer { correct } } } } }";
    const LIST =
      "query ($id: ID!) { node(id: $id) { ... on Session { attempts { edges { node { id } } } } } }";
    for (const [token, code] of [
      [spy, "FORBIDDEN"],
      [stranger, "FORBIDDEN"],
      [undefined, "UNAUTHENTICATED"],
    ] as const) {
      expect(await api.codes(ANSWERS, { id: attempt.id }, token)).toEqual([code]);
      expect(await api.codes(REVIEW, { id: attempt.id }, token)).toEqual([code]);
      expect(await api.codes(LIST, { id }, token)).toEqual([code]);
    }
    for (const query of [ANSWERS, REVIEW])
      expect(await api.codes(query, { id: attempt.id }, host)).toEqual([]);
    expect(await api.codes(LIST, { id }, host)).toEqual([]);
  });

  test("refusals of answers tell nothing", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const { playerToken } = await api.join(code, "Ana");
    await api.command("startSession", id, host);
    await api.command("nextQuestion", id, host);
    await api.command("nextQuestion", id, host);
    const { id: questionId } = quiz.questions[2]!;
    const { data } = await request(
      app.url,
      `mutation ($id: ID!) { submitAnswer(input: { questionId: $id, answer: { choiceIds: ["x"] } }) {
        __typename ... on ValidationError { message issues { path message } } } }`,
      { id: questionId },
      playerToken,
    );
    expect(JSON.stringify(data)).toContain("ValidationError");
    expect(JSON.stringify(data)).not.toContain(SECRET);
  });
});

describe("the parts of ORDER", () => {
  test("come shuffled differently from session to session, and alike for everyone in one", async () => {
    const authored = quiz.questions[3]!.choices.map(({ id }) => id);
    const orders: string[][] = [];
    for (let count = 0; count < 3; count++) {
      const { id, code } = await api.open(host, quiz.id);
      const players = [await api.join(code, "Ana"), await api.join(code, "Ben")];
      await api.command("startSession", id, host);
      for (let step = 1; step < 4; step++) await api.command("nextQuestion", id, host);
      const shown = (await api.session(code)).question!.choices.map((choice) => choice.id);
      for (const { playerToken } of players) {
        expect((await api.own(playerToken)).question!.choices.map((choice) => choice.id)).toEqual(shown);
      }
      expect([...shown].sort()).toEqual([...authored].sort());
      expect(shown).not.toEqual(authored);
      orders.push(shown);
    }
    expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(1);
  });

  test("have ids that do not sort into the right order", () => {
    for (const { choices } of [quiz.questions[3]!]) {
      const ids = choices.map(({ id }) => id);
      expect([...ids].sort()).not.toEqual(ids);
      expect([...ids].sort().reverse()).not.toEqual(ids);
    }
  });
});
