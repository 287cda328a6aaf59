import { describe, expect, it } from "vitest";
import type { OwnAnswer } from "../../session/types.ts";
import { scoreWithout, verdictOf } from "./verdict.ts";

function answer(correct: boolean | null, share: number, points: number | null): OwnAnswer {
  return {
    id: "n1",
    questionId: "q1",
    correct,
    points,
    elapsedMs: 1200,
    choiceIds: [],
    text: null,
    breakdown: { base: 1000, speed: 1, share, streak: 0, streakBonus: 0 },
  };
}

describe("verdict", () => {
  it("tells right, partly right, wrong and missed apart", () => {
    expect(verdictOf(answer(true, 1, 1000))).toBe("right");
    expect(verdictOf(answer(false, 0.5, 500))).toBe("partly");
    expect(verdictOf(answer(false, 0, 0))).toBe("wrong");
    expect(verdictOf(undefined)).toBe("missed");
  });

  it("has none while the answer's correctness is withheld", () => {
    expect(verdictOf(answer(null, 0, null))).toBeUndefined();
  });

  it("keeps an open question's points out of the score on screen", () => {
    expect(scoreWithout(2500, answer(true, 1, 900))).toBe(1600);
    expect(scoreWithout(2500, answer(null, 0, null))).toBe(2500);
    expect(scoreWithout(2500, undefined)).toBe(2500);
  });
});
