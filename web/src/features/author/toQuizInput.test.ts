import { describe, expect, it } from "vitest";
import type { AuthorQuizFragment } from "../../graphql/generated/graphql.ts";
import { draftOfQuiz } from "./draft.ts";
import { draftForTest, questionForTest } from "./draftForTest.ts";
import { withKind } from "./editDraft.ts";
import { idsAfterSave, idsOfQuiz } from "./serverIds.ts";
import { problemsOfIssues } from "./serverIssues.ts";
import { toQuizInput } from "./toQuizInput.ts";

const saved: AuthorQuizFragment = {
  id: "Z",
  visibility: "PUBLIC",
  title: "Colours",
  description: null,
  level: "B1",
  mine: true,
  updatedAt: "2026-01-01T00:00:00Z",
  questions: [
    {
      id: "Q1",
      kind: "ORDER",
      prompt: "Put in order",
      acceptedAnswers: [],
      timeLimitSeconds: 30,
      points: 500,
      explanation: null,
      choices: [
        { id: "C1", text: "first", correct: true },
        { id: "C2", text: "second", correct: true },
      ],
    },
    {
      id: "Q2",
      kind: "TYPED",
      prompt: "Spell it",
      acceptedAnswers: ["colour", "color"],
      timeLimitSeconds: 20,
      points: 1000,
      explanation: "British and American.",
      choices: [],
    },
  ],
};

describe("the API's input of a draft", () => {
  it("keeps what a saved quiz says, with its ids", () => {
    const { input } = toQuizInput(draftOfQuiz(saved), idsOfQuiz(saved));
    expect(input).toEqual({
      title: "Colours",
      description: null,
      level: "B1",
      visibility: "PUBLIC",
      questions: [
        {
          id: "Q1",
          kind: "ORDER",
          prompt: "Put in order",
          explanation: null,
          timeLimitSeconds: 30,
          points: 500,
          choices: [
            { id: "C1", text: "first" },
            { id: "C2", text: "second" },
          ],
        },
        {
          id: "Q2",
          kind: "TYPED",
          prompt: "Spell it",
          explanation: "British and American.",
          timeLimitSeconds: 20,
          points: 1000,
          acceptedAnswers: ["colour", "color"],
        },
      ],
    });
  });

  it("trims texts and leaves empty rows out, and new parts go without an id", () => {
    const question = questionForTest("q");
    const rows = [...question.choices, { key: "blank", text: "  ", correct: false }];
    const draft = { ...draftForTest({ ...question, prompt: " Which? ", choices: rows }), title: " T " };
    const { input, sent } = toQuizInput(draft, {});
    expect(input.title).toBe("T");
    expect(input.questions[0]?.prompt).toBe("Which?");
    expect(input.questions[0]).not.toHaveProperty("id");
    expect(input.questions[0]?.choices).toHaveLength(3);
    expect(sent.questions[0]?.choices).toEqual(["qc0", "qc1", "qc2"]);
  });

  it("sends no choices with TYPED, though the draft still has them", () => {
    const typed = withKind(questionForTest("q"), "TYPED");
    const { input } = toQuizInput(draftForTest(typed), {});
    expect(input.questions[0]).not.toHaveProperty("choices");
    expect(input.questions[0]?.acceptedAnswers).toEqual(["red"]);
    expect(withKind(typed, "SINGLE_CHOICE").choices.map(({ text }) => text)).toEqual([
      "red",
      "green",
      "blue",
    ]);
  });

  it("gives the next save the ids that the last one made, and drops those of parts that it did not contain", () => {
    const draft = draftForTest(questionForTest("a"), questionForTest("b"));
    const { sent } = toQuizInput(draft, {});
    const answer = {
      ...saved,
      questions: [question("QA", ["A0", "A1", "A2"]), question("QB", ["B0", "B1", "B2"])],
    };
    const ids = idsAfterSave(sent, answer);
    const second = toQuizInput(draft, ids).input;
    expect(second.questions.map(({ id }) => id)).toEqual(["QA", "QB"]);
    expect(second.questions[1]?.choices?.map(({ id }) => id)).toEqual(["B0", "B1", "B2"]);

    const withoutA = toQuizInput(draftForTest(questionForTest("b")), ids);
    const laterIds = idsAfterSave(withoutA.sent, {
      ...saved,
      questions: [question("QB", ["B0", "B1", "B2"])],
    });
    const undone = toQuizInput(draft, laterIds).input;
    expect(undone.questions[0]).not.toHaveProperty("id");
    expect(undone.questions[1]?.id).toBe("QB");
  });
});

describe("the server's objections", () => {
  const first = questionForTest("a");
  const blank = { key: "blank", text: "", correct: false };
  const withBlank = { ...first, choices: [blank, ...first.choices] };
  const { sent } = toQuizInput(draftForTest(withBlank, questionForTest("b", "TYPED")), {});
  const fieldOf = (...path: string[]) => problemsOfIssues([{ path, message: "No." }], sent)[0];

  it("stand at the field that they are about, with and without a leading input", () => {
    expect(fieldOf("input", "title")?.field).toBe("title");
    expect(fieldOf("title")?.field).toBe("title");
    expect(fieldOf("input", "questions", "1", "prompt")?.field).toBe("b.prompt");
    expect(fieldOf("questions", "0", "choices")?.field).toBe("a.choices");
    expect(fieldOf("questions", "1", "acceptedAnswers", "0")?.field).toBe("ba0.text");
    expect(fieldOf("questions", "0", "points")?.field).toBe("a.points");
  });

  it("count the rows that were sent, not the empty ones on the screen", () => {
    expect(fieldOf("input", "questions", "0", "choices", "0", "text")).toMatchObject({
      field: "ac0.text",
      questionKey: "a",
      text: { code: "server", message: "No." },
    });
  });

  it("are not lost when their path leads nowhere", () => {
    expect(fieldOf()?.field).toBe("quiz");
    expect(fieldOf("questions", "9", "prompt")?.field).toBe("questions");
    expect(fieldOf("questions", "0", "somethingNew")?.field).toBe("a.prompt");
  });
});

function question(id: string, choiceIds: string[]): NonNullable<AuthorQuizFragment["questions"]>[number] {
  return {
    id,
    kind: "SINGLE_CHOICE",
    prompt: "p",
    acceptedAnswers: [],
    timeLimitSeconds: 20,
    points: 1000,
    explanation: null,
    choices: choiceIds.map((choiceId) => ({ id: choiceId, text: "t", correct: false })),
  };
}
