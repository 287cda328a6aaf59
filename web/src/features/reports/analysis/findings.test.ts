import { describe, expect, it } from "vitest";
import { findingsOf } from "./findings.ts";
import { aChoice, aReportedQuestion } from "./questionForTest.ts";

const kindsOf = (parts: Parameters<typeof aReportedQuestion>[0]) =>
  findingsOf(aReportedQuestion(parts)).list.map(({ kind }) => kind);

describe("findingsOf", () => {
  it("finds nothing at a question that works", () => {
    expect(findingsOf(aReportedQuestion())).toEqual({ list: [], weight: "fine", sure: true });
  });

  it("names a question that those who know more get wrong", () => {
    expect(kindsOf({ discrimination: -0.05 })).toEqual(["misleads"]);
    expect(kindsOf({ discrimination: 0 })).toEqual(["tellsLittle"]);
    expect(kindsOf({ discrimination: 0.2 })).toEqual([]);
    expect(kindsOf({ discrimination: null })).toEqual([]);
  });

  it("tells hard from easy at 20 % and 95 %, and asks no easy question to tell learners apart", () => {
    const typed = { choices: [], randomGuessScore: 0 };
    expect(kindsOf({ ...typed, facility: 0.19 })).toEqual(["tooHard"]);
    expect(kindsOf({ ...typed, facility: 0.2 })).toEqual([]);
    expect(kindsOf({ ...typed, facility: 0.94 })).toEqual([]);
    expect(kindsOf({ ...typed, facility: 0.95, discrimination: 0.1 })).toEqual(["tooEasy"]);
  });

  it("names a question that was answered as if by guessing", () => {
    // 1/3 + 1.645 × √(2/9 ÷ 40) = 0.456
    const choices = [aChoice("right", 18), aChoice("huge", 12), aChoice("heavy", 10)];
    expect(kindsOf({ facility: 0.45, choices })).toEqual(["guessed"]);
    expect(kindsOf({ facility: 0.46, choices })).toEqual([]);
    // Of few answers, only as many as guessing earns or fewer.
    expect(kindsOf({ facility: 0.45, choices, answerCount: 20 })).toEqual([]);
    expect(kindsOf({ facility: 1 / 3, choices, answerCount: 20 })).toEqual(["guessed"]);
    const two = [aChoice("right", 18), aChoice("right too", 15), aChoice("heavy", 10)];
    expect(kindsOf({ facility: 0.3, choices: two })).toEqual([]);
  });

  it("names a wrong choice that beats the right one, among all or among the best", () => {
    const beaten = [aChoice("right", 15, 8, 2), aChoice("huge", 21, 3, 6), aChoice("heavy", 4, 0, 2)];
    expect(findingsOf(aReportedQuestion({ choices: beaten, facility: 0.5 })).list).toEqual([
      { kind: "strongDistractor", choice: beaten[1], key: beaten[0] },
    ]);
    const miskeyed = [aChoice("right", 20, 3, 8), aChoice("huge", 14, 7, 1), aChoice("heavy", 6, 0, 2)];
    expect(findingsOf(aReportedQuestion({ choices: miskeyed, facility: 0.5 })).list).toEqual([
      { kind: "bestPreferWrong", choice: miskeyed[1], key: miskeyed[0] },
    ]);
  });

  it("names what many leave out and wrong choices that nobody takes, as notes after the problems", () => {
    const idle = [aChoice("right", 39, 11, 10), aChoice("huge", 1, 0, 1), aChoice("heavy", 0, 0, 0)];
    const found = findingsOf(
      aReportedQuestion({ choices: idle, skippedCount: 9, discrimination: -0.2, facility: 0.9 }),
    );
    expect(found.list.map(({ kind }) => kind)).toEqual(["misleads", "oftenSkipped", "idleDistractors"]);
    expect(found.weight).toBe("problem");
    expect(kindsOf({ skippedCount: 8 })).toEqual([]);
    expect(kindsOf({ choices: idle, answerCount: 29 })).toEqual([]);
  });

  it("says nothing of too few answers, and is not sure of few", () => {
    const few = { askedCount: 4, answerCount: 4, facility: 0, discrimination: -1 };
    expect(findingsOf(aReportedQuestion(few))).toEqual({ list: [], weight: "fine", sure: false });
    expect(findingsOf(aReportedQuestion({ answerCount: 29, discrimination: -1 }))).toMatchObject({
      weight: "problem",
      sure: false,
    });
  });
});
