import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request } from "../fixtures/apiClient.ts";
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

/** A session that is at its n-th question, with players in it. */
async function at(number: number, nicknames: readonly string[], options = {}, played = quiz) {
  const { id, code } = await api.open(host, played.id, options);
  const players = [];
  for (const nickname of nicknames) players.push(await api.join(code, nickname));
  await api.command("startSession", id, host);
  for (let step = 1; step < number; step++) await api.command("nextQuestion", id, host);
  const tokens = players.map(({ playerToken }) => playerToken);
  return { id, code, tokens, question: played.questions[number - 1]! };
}

describe("answers", () => {
  test.each([
    [1, "SINGLE_CHOICE"],
    [2, "MULTIPLE_CHOICE"],
    [3, "TYPED"],
    [4, "ORDER"],
  ])("to question %i, %s, are judged", async (number, kind) => {
    const { tokens, question } = await at(number, ["Right", "Wrong"]);
    expect(question.kind).toBe(kind);
    const { right, wrong } = answersTo(question);
    expect(await api.answer(tokens[0]!, question.id, right)).toMatchObject({
      answer: { correct: true, questionId: question.id, breakdown: { share: 1, streak: 1, streakBonus: 0 } },
      attempt: { correctCount: 1, answeredCount: 1, rank: 1, streak: 1 },
      next: null,
    });
    expect(await api.answer(tokens[1]!, question.id, wrong)).toMatchObject({
      answer: { correct: false, points: 0, breakdown: { share: 0, streak: 0, streakBonus: 0 } },
      attempt: { correctCount: 0, answeredCount: 1, score: 0, rank: 2, streak: 0 },
    });
  });

  test("that are typed count whatever their case, width, outer and repeated spaces", async () => {
    const sweet = await api.createQuiz(host, {
      questions: [{ kind: "TYPED", prompt: "Say it.", acceptedAnswers: ["Ice  Cream", "straße"] }],
    });
    const texts = ["ice cream", "  ICE   CREAM ", "ｉｃｅ　ｃｒｅａｍ", "ICE\tcream", "STRASSE", "icecream"];
    const { tokens, question } = await at(
      1,
      texts.map((_, index) => `P${index}`),
      {},
      sweet,
    );
    const judged = await Promise.all(
      texts.map((text, index) => api.answer(tokens[index]!, question.id, { text })),
    );
    expect(judged.map(({ answer }) => answer.correct)).toEqual([true, true, true, true, true, false]);
  });

  test("of the wrong field, empty or with ids that are not there are ValidationErrors", async () => {
    for (const [number, bad] of [
      [1, [{ text: "tiny" }, { order: ["x"] }, { choiceIds: [] }, { choiceIds: ["x"] }]],
      [1, [{ choiceIds: quiz.questions[0]!.choices.map(({ id }) => id) }]],
      [2, [{ text: "plum" }, { choiceIds: [] }, { choiceIds: [quiz.questions[0]!.choices[0]!.id] }]],
      [
        3,
        [{ choiceIds: ["x"] }, { text: "" }, { text: " \u200b " }, { order: [] }, { text: "x".repeat(5000) }],
      ],
      [4, [{ choiceIds: quiz.questions[3]!.choices.map(({ id }) => id) }, { order: [] }, { order: ["x"] }]],
      [4, [{ order: quiz.questions[3]!.choices.slice(1).map(({ id }) => id) }]],
      [4, [{ order: quiz.questions[3]!.choices.map(() => quiz.questions[3]!.choices[0]!.id) }]],
    ] as const) {
      const { tokens, question, code } = await at(number, ["Ana"]);
      for (const answer of bad) {
        const refused = await api.answered(tokens[0]!, question.id, answer);
        expect(refused, JSON.stringify(answer)).toMatchObject({ __typename: "ValidationError" });
        expect(refused.issues[0]!.path[0]).toBe("answer");
      }
      expect((await api.session(code)).question?.answerCount).toBe(0);
    }
  });

  test("of two fields, none or null are refused by the schema", async () => {
    const { tokens, question } = await at(3, ["Ana"]);
    const mutation = `mutation ($answer: AnswerInput!, $id: ID!) {
      submitAnswer(input: { questionId: $id, answer: $answer }) { __typename } }`;
    for (const answer of [
      { text: "grey", choiceIds: ["x"] },
      {},
      { text: null },
      { text: "grey", order: null },
    ]) {
      const { errors } = await request(app.url, mutation, { answer, id: question.id }, tokens[0]);
      expect(errors?.[0]?.message, JSON.stringify(answer)).toMatch(/AnswerInput|answer/);
      expect(errors?.[0]?.extensions?.code).not.toBe("INTERNAL_SERVER_ERROR");
    }
    expect((await api.own(tokens[0]!)).answeredCount).toBe(0);
  });

  test("to a question that is not open are QuestionNotOpenErrors", async () => {
    const { id, code } = await api.open(host, quiz.id);
    const { playerToken } = await api.join(code, "Ana");
    const [first, second] = quiz.questions;
    const typeFor = async (question = first!) =>
      (await api.answered(playerToken, question.id, answersTo(question).right)).__typename;
    expect(await typeFor()).toBe("QuestionNotOpenError");
    await api.command("startSession", id, host);
    expect(await typeFor(second)).toBe("QuestionNotOpenError");
    await api.command("closeQuestion", id, host);
    expect(await typeFor()).toBe("QuestionNotOpenError");
    await api.command("nextQuestion", id, host);
    expect(await typeFor()).toBe("QuestionNotOpenError");
    await api.command("finishSession", id, host);
    expect(await typeFor(second)).toBe("QuestionNotOpenError");
  });

  test("to questions of no or another quiz are NotFoundErrors", async () => {
    const { tokens } = await at(1, ["Ana"]);
    const other = await api.createQuiz(host);
    for (const id of [other.questions[0]!.id, "nonsense", "", quiz.id]) {
      expect((await api.answered(tokens[0]!, id, { text: "x" })).__typename, id).toBe("NotFoundError");
    }
  });
});

describe("I1 and I3: a second answer", () => {
  test.each([1, 2, 3, 4])("to question %i gets the first result, or is refused with it", async (number) => {
    const { id, tokens, question } = await at(number, ["Ana", "Ben"]);
    const [ana] = tokens;
    const { right, wrong } = answersTo(question);
    const again = number === 2 ? { choiceIds: [...(right["choiceIds"] as string[])].reverse() } : right;
    const first = await api.answer(ana!, question.id, right);
    const check = async () => {
      expect((await api.answer(ana!, question.id, again)).answer).toEqual(first.answer);
      expect(await api.answered(ana!, question.id, wrong)).toMatchObject({
        __typename: "AlreadyAnsweredError",
        answer: first.answer,
      });
      expect(await api.own(ana!)).toMatchObject({ answeredCount: 1, score: first.answer.points });
    };
    await check();
    await api.command("closeQuestion", id, host);
    await check();
    await api.command("nextQuestion", id, host);
    await check();
    await api.command("finishSession", id, host);
    await check();
  });

  test("sent many times at once is recorded once", async () => {
    const { tokens, question, code } = await at(1, ["Ana"]);
    const { version } = await api.session(code);
    const { right, wrong } = answersTo(question);
    const sent = [right, wrong, right, wrong, right, right];
    const results = await Promise.all(sent.map((answer) => api.answered(tokens[0]!, question.id, answer)));
    expect(new Set(results.map(({ answer }) => answer.elapsedMs)).size).toBe(1);
    expect(new Set(results.map(({ answer }) => answer.id)).size).toBe(1);
    expect((await api.session(code)).version).toBe(version + 1);
    expect(await api.answersOf(tokens[0]!)).toHaveLength(1);
  });
});

describe("a question", () => {
  test("closes when every active player has answered, if the session asks for that", async () => {
    const { id, code, tokens, question } = await at(1, ["Ana", "Ben", "Cem"], { closeWhenAllAnswered: true });
    const { right } = answersTo(question);
    await api.answer(tokens[0]!, question.id, right);
    await api.answer(tokens[1]!, question.id, right);
    expect((await api.session(code)).state).toBe("QUESTION_OPEN");
    await api.command("removePlayer", (await api.own(tokens[2]!)).id, host);
    expect(await api.session(code)).toMatchObject({ state: "QUESTION_CLOSED", question: { answerCount: 2 } });
    const { question: next } = await api.command("nextQuestion", id, host);
    const second = quiz.questions[1]!;
    expect(next?.id).toBe(second.id);
    await Promise.all(
      tokens.slice(0, 2).map((token) => api.answer(token, second.id, answersTo(second).right)),
    );
    expect((await api.session(code)).state).toBe("QUESTION_CLOSED");
  });

  test("stays open when all have answered, unless the session asks for that", async () => {
    const { code, tokens, question } = await at(1, ["Ana"]);
    await api.answer(tokens[0]!, question.id, answersTo(question).right);
    expect((await api.session(code)).state).toBe("QUESTION_OPEN");
  });

  test("I6: closes by itself after its deadline and half a second", async () => {
    const questions = quiz.questions.slice(0, 1).map(({ kind, prompt, choices }) => ({
      kind,
      prompt,
      choices: choices.map(({ text, correct }) => ({ text, correct })),
      timeLimitSeconds: 1,
    }));
    const quick = await api.createQuiz(host, { questions });
    const { code, tokens, question } = await at(1, ["Ana"], {}, quick);
    const open = await api.session(code);
    expect(Date.parse(open.question!.closesAt) - Date.parse(open.question!.opensAt)).toBe(1000);
    const closed = await until(
      () => api.session(code),
      ({ state }) => state === "QUESTION_CLOSED",
    );
    expect(closed).toMatchObject({
      version: open.version + 1,
      question: { closesAt: open.question!.closesAt, solution: { choiceIds: [question.choices[0]!.id] } },
    });
    const { serverTime } = closed as typeof closed & { serverTime: string };
    expect(Date.parse(serverTime) - Date.parse(closed.question!.closesAt)).toBeGreaterThanOrEqual(500);
    const late = await api.answered(tokens[0]!, question.id, answersTo(question).right);
    expect(late.__typename).toBe("QuestionNotOpenError");
  });
});
