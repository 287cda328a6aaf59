import { describe, expect, it } from "vitest";
import { aChoice, aReportedQuestion } from "./questionForTest.ts";
import { revisionsOf } from "./revision.ts";

const asked = (id: string, correctCount: number, parts: Parameters<typeof aReportedQuestion>[0] = {}) =>
  aReportedQuestion({ questionId: id, correctCount, facility: correctCount / 40, choices: [], ...parts });
const idsOf = (...questions: ReturnType<typeof asked>[]) =>
  revisionsOf(questions).map(({ question }) => question.questionId);
const reasonOf = (question: ReturnType<typeof asked>) => revisionsOf([question])[0]?.reason;

describe("revisionsOf", () => {
  it("lists what fewer than 80 % know, the least known first", () => {
    expect(idsOf(asked("a", 31), asked("b", 32), asked("c", 4))).toEqual(["c", "a"]);
  });

  it("counts those who gave no answer among those who do not know", () => {
    const left = asked("left", 28, { answerCount: 28, skippedCount: 12, facility: 1 });
    expect(revisionsOf([left])).toMatchObject([{ known: 0.7, reason: { kind: "skipped", count: 12 } }]);
  });

  it("says which mistake most made, of choices and of typed texts", () => {
    const choices = [aChoice("right", 20), aChoice("huge", 14), aChoice("heavy", 6)];
    expect(reasonOf(asked("a", 20, { choices }))).toEqual({ kind: "mistaken", text: "huge", count: 14 });
    const texts = [
      { text: "grey", count: 20, correct: true },
      { text: "gry", count: 11, correct: false },
    ];
    expect(reasonOf(asked("a", 20, { texts }))).toEqual({ kind: "mistaken", text: "gry", count: 11 });
    const spread = [aChoice("right", 20), aChoice("huge", 10), aChoice("heavy", 10)];
    expect(reasonOf(asked("a", 20, { choices: spread }))).toEqual({ kind: "unsure" });
  });

  it("says what was guessed", () => {
    const choices = [aChoice("right", 14), aChoice("huge", 13), aChoice("heavy", 13)];
    expect(reasonOf(asked("a", 14, { choices }))).toEqual({ kind: "guessed" });
  });

  it("adds what is known but slowly, after everything else", () => {
    const elapsedMs = { p25: 11_000, median: 13_000, p75: 15_000, p90: 19_000 };
    expect(idsOf(asked("slow", 36, { elapsedMs }), asked("a", 20))).toEqual(["a", "slow"]);
    expect(idsOf(asked("no limit known", 36, { elapsedMs, timeLimitSeconds: null }))).toEqual([]);
  });

  it("leaves out what nobody was asked", () => {
    expect(idsOf(asked("a", 0, { askedCount: 0, answerCount: 0, facility: null }))).toEqual([]);
  });
});
