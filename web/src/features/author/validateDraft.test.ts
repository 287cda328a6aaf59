import { describe, expect, it } from "vitest";
import type { DraftQuestion } from "./draft.ts";
import { emptyDraft, KINDS } from "./draft.ts";
import { draftForTest, questionForTest } from "./draftForTest.ts";
import { isValid, validateDraft } from "./validateDraft.ts";

const problemsOf = (question: DraftQuestion) =>
  validateDraft(draftForTest(question)).map(({ field, text, severity }) => [field, text.code, severity]);
const codesOf = (change: Partial<DraftQuestion>, kind: DraftQuestion["kind"] = "SINGLE_CHOICE") =>
  problemsOf({ ...questionForTest("q", kind), ...change }).map(([, code]) => code);
const choices = (...texts: string[]) =>
  texts.map((text, index) => ({ key: `c${index}`, text, correct: index === 0 }));

describe("the validation of a draft", () => {
  it.each(KINDS)("finds nothing wrong with a whole %s question", (kind) => {
    expect(problemsOf(questionForTest("q", kind))).toEqual([]);
  });

  it("asks a new quiz for its title, its prompt and its choices", () => {
    const codes = validateDraft(emptyDraft()).map(({ text }) => text.code);
    expect(codes).toEqual(["titleMissing", "promptMissing", "tooFewChoices"]);
  });

  it("takes a title of 120 characters and refuses one of 121, and one of spaces", () => {
    const valid = draftForTest(questionForTest("q"));
    expect(isValid(validateDraft({ ...valid, title: "x".repeat(120) }))).toBe(true);
    expect(validateDraft({ ...valid, title: "x".repeat(121) })[0]?.text).toEqual({
      code: "tooLong",
      limit: 120,
    });
    expect(validateDraft({ ...valid, title: "  " })[0]?.text.code).toBe("titleMissing");
  });

  it("wants 1 to 200 questions", () => {
    expect(validateDraft(draftForTest())[0]?.text.code).toBe("noQuestions");
    const many = Array.from({ length: 201 }, (_, index) => questionForTest(`q${index}`));
    expect(validateDraft(draftForTest(...many))[0]?.text.code).toBe("tooManyQuestions");
    expect(validateDraft(draftForTest(...many.slice(1)))).toEqual([]);
  });

  it("wants 2 to 8 choices and leaves empty rows out", () => {
    expect(codesOf({ choices: choices("a", "", "") })).toEqual(["tooFewChoices"]);
    expect(codesOf({ choices: choices("a", "b", "") })).toEqual([]);
    expect(codesOf({ choices: choices(..."abcdefgh") })).toEqual([]);
    expect(codesOf({ choices: choices(..."abcdefghi") })).toEqual(["tooManyChoices"]);
    expect(codesOf({ choices: choices("a") }, "ORDER")).toEqual(["tooFewParts"]);
  });

  it("wants exactly one right choice in SINGLE_CHOICE and at least one in MULTIPLE_CHOICE", () => {
    const none = choices("a", "b").map((choice) => ({ ...choice, correct: false }));
    const both = none.map((choice) => ({ ...choice, correct: true }));
    expect(codesOf({ choices: none })).toEqual(["noneCorrect"]);
    expect(codesOf({ choices: both })).toEqual(["severalCorrect"]);
    expect(codesOf({ choices: none }, "MULTIPLE_CHOICE")).toEqual(["noneCorrect"]);
    expect(codesOf({ choices: both }, "MULTIPLE_CHOICE")).toEqual([]);
  });

  it("misses the text of a row that is marked right", () => {
    const problems = problemsOf({ ...questionForTest("q"), choices: choices("", "b") });
    expect(problems).toEqual([["c0.text", "textMissing", "error"]]);
  });

  it("wants 1 to 20 accepted answers", () => {
    const answers = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ key: `a${at}`, text: `x${at}` }));
    expect(codesOf({ acceptedAnswers: [{ key: "a", text: " " }] }, "TYPED")).toEqual(["noAnswers"]);
    expect(codesOf({ acceptedAnswers: answers(20) }, "TYPED")).toEqual([]);
    expect(codesOf({ acceptedAnswers: answers(21) }, "TYPED")).toEqual(["tooManyAnswers"]);
  });

  it.each([
    [0, 1000, "q.timeLimitSeconds"],
    [601, 1000, "q.timeLimitSeconds"],
    [null, 1000, "q.timeLimitSeconds"],
    [1.5, 1000, "q.timeLimitSeconds"],
    [20, -1, "q.points"],
    [20, 10_001, "q.points"],
    [20, null, "q.points"],
  ])("refuses %s seconds and %s points", (timeLimitSeconds, points, field) => {
    const problems = problemsOf({ ...questionForTest("q"), timeLimitSeconds, points });
    expect(problems).toEqual([[field, "numberRange", "error"]]);
  });

  it("takes the limits themselves", () => {
    expect(codesOf({ timeLimitSeconds: 1, points: 0 })).toEqual([]);
    expect(codesOf({ timeLimitSeconds: 600, points: 10_000 })).toEqual([]);
    expect(codesOf({ prompt: "x".repeat(500), choices: choices("x".repeat(200), "b") })).toEqual([]);
    expect(codesOf({ prompt: "x".repeat(501) })).toEqual(["tooLong"]);
    expect(codesOf({ choices: choices("x".repeat(201), "b") })).toEqual(["tooLong"]);
  });

  it("counts an emoji as one character", () => {
    expect(codesOf({ choices: choices("🦊".repeat(200), "b") })).toEqual([]);
    expect(codesOf({ choices: choices("🦊".repeat(201), "b") })).toEqual(["tooLong"]);
  });

  it("refuses the double of a choice, and warns of one that players can hardly tell apart", () => {
    const severities = (...texts: string[]) =>
      problemsOf({ ...questionForTest("q"), choices: choices(...texts) }).map(([field, , severity]) => [
        field,
        severity,
      ]);
    expect(severities("to set", "to set ", "x")).toEqual([["c1.text", "error"]]);
    expect(severities("to  Set", "TO SET", "x")).toEqual([["c1.text", "warning"]]);
    const typed = { ...questionForTest("q", "TYPED"), acceptedAnswers: choices("grey", "grey") };
    expect(isValid(validateDraft(draftForTest(typed)))).toBe(true);
  });
});
