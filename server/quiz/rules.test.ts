import { describe, expect, test } from "vitest";
import { questions, quizInput } from "../../tests/fixtures/quizInput.ts";
import { parseInput } from "../core/parseInput.ts";
import { ValidationError } from "../core/refusals.ts";
import { type QuizInput, quizRules } from "./rules.ts";

type QuestionInput = QuizInput["questions"][number];

const parse = (input: QuizInput) => parseInput(quizRules, input);

/** The paths of the issues, as `questions.0.choices`. */
function wrongIn(input: QuizInput): string[] {
  try {
    parse(input);
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.issues.map(({ path }) => path.join("."));
  }
}

const wrongInQuestion = (question: QuestionInput) =>
  wrongIn(quizInput({ questions: [questions.typed, question] }));
const texts = (...all: string[]) => all.map((text) => ({ text }));
const numbered = (count: number) => texts(...Array.from({ length: count }, (_, index) => `part ${index}`));

describe("a quiz", () => {
  test("of every kind of question is taken, with defaults filled in", () => {
    const quiz = parse(quizInput());
    expect(quiz).toMatchObject({ visibility: "PRIVATE", description: null, level: null });
    expect(quiz.questions.map(({ kind }) => kind)).toEqual([
      "SINGLE_CHOICE",
      "MULTIPLE_CHOICE",
      "TYPED",
      "ORDER",
    ]);
    expect(quiz.questions[2]).toMatchObject({
      timeLimitSeconds: 20,
      points: 1000,
      choices: [],
      explanation: null,
    });
  });

  test("may give null for what has a default", () => {
    const question = {
      ...questions.typed,
      timeLimitSeconds: null,
      points: null,
      choices: null,
      explanation: null,
    };
    const quiz = parse({ ...quizInput({ questions: [question] }), visibility: null, level: null });
    expect(quiz).toMatchObject({
      visibility: "PRIVATE",
      questions: [{ timeLimitSeconds: 20, points: 1000 }],
    });
  });

  test("is cleaned of outer space and of what cannot be shown or stored", () => {
    const quiz = parse(
      quizInput({ title: "  \u0000Caf\u00e9 \ud800words\u0007 ", description: "one\r\ntwo \n" }),
    );
    expect(quiz).toMatchObject({ title: "Café words", description: "one\ntwo" });
  });

  test.each([
    ["title", { title: " \u0000 " }],
    ["title", { title: "x".repeat(121) }],
    ["description", { description: "x".repeat(1001) }],
    ["questions", { questions: [] }],
    ["questions", { questions: Array.from({ length: 201 }, () => questions.typed) }],
  ])("is refused for its %s", (path, changes) => {
    expect(wrongIn(quizInput(changes))).toEqual([path]);
  });

  test("may be as long as the limits say, an emoji counting once", () => {
    const changes = { title: "🙂".repeat(120), description: "x".repeat(1000) };
    expect(
      wrongIn(quizInput({ ...changes, questions: Array.from({ length: 200 }, () => questions.typed) })),
    ).toEqual([]);
  });

  test("tells everything that is wrong at once, each by its path from the input down", () => {
    const paths = wrongIn(
      quizInput({
        title: "",
        questions: [
          { ...questions.single, prompt: "" },
          questions.order,
          { ...questions.typed, acceptedAnswers: [] },
        ],
      }),
    );
    expect(paths.sort()).toEqual(["questions.0.prompt", "questions.2.acceptedAnswers", "title"]);
  });
});

describe("a question", () => {
  test.each<[string, Partial<QuestionInput>]>([
    ["prompt", { prompt: "  " }],
    ["prompt", { prompt: "x".repeat(501) }],
    ["explanation", { explanation: "x".repeat(1001) }],
    ["timeLimitSeconds", { timeLimitSeconds: 0 }],
    ["timeLimitSeconds", { timeLimitSeconds: 601 }],
    ["points", { points: -1 }],
    ["points", { points: 10_001 }],
    ["choices", { choices: [] }],
    ["choices", { choices: null }],
    ["choices", { choices: [{ text: "alone", correct: true }] }],
    ["choices", { choices: [{ text: "right", correct: true }, ...numbered(8)] }],
    ["choices", { choices: texts("none", "right") }],
    [
      "choices",
      {
        choices: [
          { text: "two", correct: true },
          { text: "right", correct: true },
        ],
      },
    ],
    ["choices.1.text", { choices: [{ text: "right", correct: true }, { text: " " }] }],
    ["choices.1.text", { choices: [{ text: "right", correct: true }, { text: "x".repeat(201) }] }],
    ["choices.2.text", { choices: [{ text: "a", correct: true }, { text: "b" }, { text: " a " }] }],
    ["acceptedAnswers", { acceptedAnswers: ["tiny"] }],
  ])("with one right choice is refused for its %s (%#)", (path, changes) => {
    expect(wrongInQuestion({ ...questions.single, ...changes })).toEqual([`questions.1.${path}`]);
  });

  test("may be at the limits", () => {
    const limits = {
      timeLimitSeconds: 600,
      points: 0,
      prompt: "x".repeat(500),
      explanation: "x".repeat(1000),
    };
    const choices = [{ text: "x".repeat(200), correct: true }, ...numbered(7)];
    expect(wrongInQuestion({ ...questions.single, ...limits, choices })).toEqual([]);
  });

  test("with several right choices needs one of them, and may have nothing else", () => {
    expect(wrongInQuestion({ ...questions.multiple, choices: texts("a", "b") })).toEqual([
      "questions.1.choices",
    ]);
    const allRight = texts("a", "b").map((choice) => ({ ...choice, correct: true }));
    expect(wrongInQuestion({ ...questions.multiple, choices: allRight })).toEqual([]);
  });

  test.each<[string, Partial<QuestionInput>]>([
    ["choices", { choices: texts("a", "b") }],
    ["acceptedAnswers", { acceptedAnswers: [] }],
    ["acceptedAnswers", { acceptedAnswers: null }],
    ["acceptedAnswers", { acceptedAnswers: numbered(21).map(({ text }) => text) }],
    ["acceptedAnswers.1", { acceptedAnswers: ["grey", ""] }],
    ["acceptedAnswers.0", { acceptedAnswers: ["x".repeat(201)] }],
  ])("to be typed is refused for its %s (%#)", (path, changes) => {
    expect(wrongInQuestion({ ...questions.typed, ...changes })).toEqual([`questions.1.${path}`]);
  });

  test("to be put in order needs parts that can be told apart", () => {
    expect(wrongInQuestion({ ...questions.order, choices: texts("the", "cat", "the") })).toEqual([
      "questions.1.choices.2.text",
    ]);
    expect(wrongInQuestion({ ...questions.order, choices: texts("The", "cat", "the") })).toEqual([]);
    expect(wrongInQuestion({ ...questions.order, choices: texts("alone") })).toEqual(["questions.1.choices"]);
  });
});
