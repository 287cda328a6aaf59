import { describe, expect, it } from "vitest";
import { emptyText } from "./draft.ts";
import { draftForTest, questionForTest } from "./draftForTest.ts";
import { duplicateQuestion, fillRows, moveItem, pastedLines, withCorrect, withKind } from "./editDraft.ts";

const texts = (rows: readonly { text: string }[]) => rows.map(({ text }) => text);

describe("pasting many lines", () => {
  it("takes off bullets and numbers when every line has them, and only then", () => {
    expect(pastedLines("1. set\r\n2. put\n\n3) get")).toEqual(["set", "put", "get"]);
    expect(pastedLines("- set\n• put")).toEqual(["set", "put"]);
    expect(pastedLines("a) set\tb) put")).toEqual(["set", "put"]);
    expect(pastedLines("1. of all\nset")).toEqual(["1. of all", "set"]);
    expect(pastedLines("A. Smith")).toEqual(["A. Smith"]);
  });

  it("fills the row, then empty rows, then new ones", () => {
    const rows = ["ab", "", "kept"].map(emptyText);
    const options = { before: "a", after: "b", max: 8, make: emptyText };
    const filled = fillRows(rows, 0, ["1", "2", "3"], options);
    expect(texts(filled)).toEqual(["a1b", "2", "3", "kept"]);
    expect(filled[0]?.key).toBe(rows[0]?.key);
  });

  it("loses nothing past the most rows that there may be", () => {
    const options = { before: "", after: "", max: 2, make: emptyText };
    const filled = fillRows([emptyText(), emptyText()], 0, ["1", "2", "3", "4"], options);
    expect(texts(filled)).toEqual(["1", "2 / 3 / 4"]);
  });
});

describe("edits of a draft", () => {
  it("keep one right choice when MULTIPLE_CHOICE becomes SINGLE_CHOICE", () => {
    const question = questionForTest("q", "MULTIPLE_CHOICE");
    const all = { ...question, choices: question.choices.map((choice) => ({ ...choice, correct: true })) };
    expect(withKind(all, "SINGLE_CHOICE").choices.map(({ correct }) => correct)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("unmark the others in SINGLE_CHOICE alone", () => {
    const right = (kind: "SINGLE_CHOICE" | "MULTIPLE_CHOICE") =>
      withCorrect(questionForTest("q", kind), "qc2", true).choices.map(({ correct }) => correct);
    expect(right("SINGLE_CHOICE")).toEqual([false, false, true]);
    expect(right("MULTIPLE_CHOICE")).toEqual([true, false, true]);
  });

  it("copy a question behind itself, with keys of its own", () => {
    const copied = duplicateQuestion(draftForTest(questionForTest("a"), questionForTest("b")), "a");
    expect(copied?.draft.questions.map(({ prompt }) => prompt)).toEqual(["Prompt a", "Prompt a", "Prompt b"]);
    const keys =
      copied?.draft.questions.flatMap(({ key, choices }) => [key, ...choices.map((c) => c.key)]) ?? [];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("move an item to where it is dropped, within the list", () => {
    expect(moveItem(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
    expect(moveItem(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moveItem(["a", "b", "c"], 1, 9)).toEqual(["a", "c", "b"]);
    expect(moveItem(["a"], 5, 0)).toEqual(["a"]);
  });
});
