import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { questions as examples, quizInput } from "../fixtures/quizInput.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let ana: string;
let ben: string;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  [ana, ben] = [await api.signUp("Ana"), await api.signUp("Ben")];
});
afterAll(() => app.stop());

/** A quiz as its author would send it back. */
const inputOf = ({ title, questions }: Quiz) => ({
  title,
  questions: questions.map(({ id, kind, prompt, choices, acceptedAnswers }) => ({
    id,
    kind,
    prompt,
    choices,
    acceptedAnswers,
  })),
});

const DELETE = `mutation ($id: ID!) { deleteQuiz(id: $id) { __typename ... on DeleteQuizSuccess { id } } }`;
const remove = async (id: string, token?: string) =>
  (await api.query<{ deleteQuiz: { __typename: string; id?: string } }>(DELETE, { id }, token)).deleteQuiz;
const READ = "query ($id: ID!) { quiz(id: $id) { title mine questions { id } } node(id: $id) { id } }";
const read = (id: string, token?: string) =>
  api.query<{
    quiz: { title: string; mine: boolean; questions: object[] | null } | null;
    node: object | null;
  }>(READ, { id }, token);

describe("createQuiz", () => {
  test("fills in what was left out, and gives everything an id", async () => {
    const quiz = await api.createQuiz(ana, {
      questions: [examples.typed, examples.order].map((q) => structuredClone(q)) as never,
    });
    expect(quiz).toMatchObject({
      visibility: "PRIVATE",
      description: null,
      level: null,
      questionCount: 2,
      questions: [
        {
          timeLimitSeconds: 20,
          points: 1000,
          explanation: null,
          choices: [],
          acceptedAnswers: ["grey", "gray"],
        },
        { acceptedAnswers: [], choices: examples.order.choices },
      ],
    });
    const ids = quiz.questions.flatMap(({ id, choices }) => [id, ...choices.map((choice) => choice.id)]);
    expect(new Set(ids).size).toBe(6);
  });

  const choice = (text: string, correct = false) => ({ text, correct });
  const single = (...choices: object[]) => ({ kind: "SINGLE_CHOICE", prompt: "Which?", choices });
  const typed = (changes: object) => ({ ...examples.typed, ...changes });
  const two = [choice("a", true), choice("b")];
  const ok = single(...two);
  test.each<[string, object, string[]]>([
    ["no title", { title: " " }, ["title"]],
    ["a long title", { title: "x".repeat(121) }, ["title"]],
    ["no questions", { questions: [] }, ["questions"]],
    ["too many questions", { questions: Array.from({ length: 201 }, () => ok) }, ["questions"]],
    ["no prompt", { questions: [ok, typed({ prompt: "" })] }, ["questions", "1", "prompt"]],
    ["a long prompt", { questions: [typed({ prompt: "x".repeat(501) })] }, ["questions", "0", "prompt"]],
    ["one choice", { questions: [ok, single(choice("a", true))] }, ["questions", "1", "choices"]],
    [
      "nine choices",
      { questions: [single(...two, ..."cdefghi".split("").map((c) => choice(c)))] },
      ["questions", "0", "choices"],
    ],
    [
      "two right ones",
      { questions: [single(choice("a", true), choice("b", true))] },
      ["questions", "0", "choices"],
    ],
    [
      "none right",
      { questions: [{ ...single(choice("a"), choice("b")), kind: "MULTIPLE_CHOICE" }] },
      ["questions", "0", "choices"],
    ],
    [
      "an empty choice",
      { questions: [single(choice("a", true), choice(" "))] },
      ["questions", "0", "choices", "1", "text"],
    ],
    [
      "a long choice",
      { questions: [single(choice("a", true), choice("x".repeat(201)))] },
      ["questions", "0", "choices", "1", "text"],
    ],
    [
      "no accepted answer",
      { questions: [typed({ acceptedAnswers: [] })] },
      ["questions", "0", "acceptedAnswers"],
    ],
    [
      "21 accepted answers",
      { questions: [typed({ acceptedAnswers: [...Array(21).keys()].map(String) })] },
      ["questions", "0", "acceptedAnswers"],
    ],
    ["no time", { questions: [typed({ timeLimitSeconds: 0 })] }, ["questions", "0", "timeLimitSeconds"]],
    [
      "too much time",
      { questions: [typed({ timeLimitSeconds: 601 })] },
      ["questions", "0", "timeLimitSeconds"],
    ],
    ["negative points", { questions: [typed({ points: -1 })] }, ["questions", "0", "points"]],
    ["too many points", { questions: [typed({ points: 10_001 })] }, ["questions", "0", "points"]],
  ])("refuses %s, telling where", async (_what, changes, path) => {
    const refused = await api.quizChanged("createQuiz", { input: { ...quizInput(), ...changes } }, ana);
    expect(refused.__typename).toBe("ValidationError");
    expect(refused.issues.map((issue) => issue.path)).toContainEqual(path);
  });

  test("takes everything at its limits", async () => {
    const longest = {
      kind: "SINGLE_CHOICE",
      prompt: "é".repeat(500),
      timeLimitSeconds: 600,
      points: 10_000,
    } as const;
    const choices = [..."abcdefgh"].map((text, index) => choice(text.repeat(200), index === 7));
    const accepted = [...Array(20).keys()].map(String);
    await api.createQuiz(ana, {
      title: "x".repeat(120),
      questions: [
        { ...longest, choices },
        { ...typed({ acceptedAnswers: accepted, timeLimitSeconds: 1, points: 0 }) } as never,
      ],
    });
    const many = Array.from({ length: 200 }, () => ok as never);
    expect((await api.createQuiz(ana, { questions: many })).questions).toHaveLength(200);
  });
});

describe("quizzes", () => {
  test("are changed, deleted and copied by those who may", async () => {
    const secret = await api.createQuiz(ana);
    const shared = await api.createQuiz(ana, { visibility: "PUBLIC" });
    const changed = async (id: string, token?: string) =>
      (await api.quizChanged("updateQuiz", { id, input: quizInput() }, token)).__typename;
    expect(await changed(secret.id, ben)).toMatch(/^(Forbidden|NotFound)Error$/);
    expect(await changed(shared.id, ben)).toBe("ForbiddenError");
    expect(await changed(shared.id)).toBe("UnauthenticatedError");
    expect(await changed("nonsense", ana)).toBe("NotFoundError");
    expect((await remove(shared.id, ben)).__typename).toBe("ForbiddenError");
    expect((await remove(shared.id)).__typename).toBe("UnauthenticatedError");
    const copy = await api.quizChanged("copyQuiz", { id: shared.id }, ben);
    expect(copy.quiz).toMatchObject({ mine: true, visibility: "PRIVATE", title: shared.title });
    expect(copy.quiz.questions.map(({ prompt }) => prompt)).toEqual(
      shared.questions.map(({ prompt }) => prompt),
    );
    expect(copy.quiz.questions[0]!.id).not.toBe(shared.questions[0]!.id);
    expect((await api.quizChanged("copyQuiz", { id: secret.id }, ben)).__typename).toMatch(
      /^(Forbidden|NotFound)Error$/,
    );
    expect(await remove(secret.id, ana)).toEqual({ __typename: "DeleteQuizSuccess", id: secret.id });
    expect((await remove(secret.id, ana)).__typename).toBe("NotFoundError");
    expect(await read(secret.id, ana)).toEqual({ quiz: null, node: null });
  });

  test("are seen by their owner, and by everyone once public; solutions by the owner alone", async () => {
    const { id } = await api.createQuiz(ana);
    for (const token of [ben, undefined]) expect(await read(id, token)).toEqual({ quiz: null, node: null });
    await api.quizChanged("updateQuiz", { id, input: quizInput({ visibility: "PUBLIC" }) }, ana);
    for (const token of [ben, undefined]) {
      expect(await read(id, token)).toMatchObject({ quiz: { mine: false, questions: null }, node: { id } });
    }
    expect((await read(id, ana)).quiz).toMatchObject({ mine: true, questions: [{}, {}, {}, {}] });
  });

  test("keep the ids that an edit names, and give new ones to the rest", async () => {
    const quiz = await api.createQuiz(ana);
    const input = inputOf(quiz);
    const [first, , third] = input.questions;
    const edited = {
      ...first!,
      prompt: "Edited?",
      choices: [...first!.choices.slice(0, 2), { text: "vast", correct: false }],
    };
    const stranger = { ...third!, id: (await api.createQuiz(ben)).questions[2]!.id };
    const { quiz: after } = await api.quizChanged(
      "updateQuiz",
      { id: quiz.id, input: { title: "Edited", questions: [third!, edited, stranger, third!] } },
      ana,
    );
    const [kept, reworded, fresh, doubled] = after.questions;
    expect([kept!.id, reworded!.id]).toEqual([third!.id, first!.id]);
    expect(reworded!.choices.slice(0, 2)).toEqual(first!.choices.slice(0, 2));
    expect(new Set([kept!.id, fresh!.id, doubled!.id, stranger.id]).size).toBe(4);
  });

  test("change nothing, edited or deleted, in sessions that run and in their history", async () => {
    const quiz = await api.createQuiz(ana);
    const { id, code } = await api.open(ana, quiz.id);
    const { playerToken } = await api.join(code, "Ana");
    const { question } = await api.command("startSession", id, ana);
    const edit = quizInput({ title: "Other", questions: [structuredClone(examples.typed) as never] });
    expect((await api.quizChanged("updateQuiz", { id: quiz.id, input: edit }, ana)).quiz.title).toBe("Other");
    const session = await api.session(code);
    expect(session).toMatchObject({ quizTitle: quiz.title, questionCount: 4 });
    expect(session.question).toEqual(question);
    const { answer } = await api.answer(
      playerToken,
      quiz.questions[0]!.id,
      answersTo(quiz.questions[0]!).right,
    );
    await remove(quiz.id, ana);
    await api.command("nextQuestion", id, ana);
    await api.answer(playerToken, quiz.questions[1]!.id, answersTo(quiz.questions[1]!).right);
    expect((await api.command("finishSession", id, ana)).quizTitle).toBe(quiz.title);
    const own = await api.own(playerToken);
    expect(own.answers.edges[0]!.node).toEqual(answer);
    expect(own.review.map((item) => item.question.id)).toEqual(quiz.questions.slice(0, 2).map((q) => q.id));
    const { attempts } = await api.query<{ attempts: { totalCount: number } }>(
      "query ($id: ID!) { attempts(filter: { quizId: $id }) { totalCount } }",
      { id: quiz.id },
      ana,
    );
    expect(attempts.totalCount).toBe(1);
    expect((await api.sessionCreated(quiz.id, {}, ana)).__typename).toBe("NotFoundError");
  });
});
