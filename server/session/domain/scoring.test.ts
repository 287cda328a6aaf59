import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SCORING, type Scored, scoreAnswer } from "./scoring.ts";

const right: Scored = {
  rules: SCORING.CLASSIC,
  points: 1000,
  timeLimitMs: 20_000,
  elapsedMs: 0,
  share: { num: 1, den: 1 },
  correct: true,
  streakBefore: 0,
};
const pointsOf = (change: Partial<Scored>) => scoreAnswer({ ...right, ...change }).points;

describe("The points of an answer", () => {
  it("are all of them under 500 ms, and fall from there on as if they had fallen from the start", () => {
    expect(pointsOf({ elapsedMs: 499 })).toBe(1000);
    // 1000 × (1 − 0.5 × 500 / 20000) = 987.5, rounded half up.
    expect(pointsOf({ elapsedMs: 500 })).toBe(988);
    expect(pointsOf({ elapsedMs: 10_000 })).toBe(750);
  });

  it("are half of them at the deadline, and no less for a time after it", () => {
    expect(pointsOf({ elapsedMs: 20_000 })).toBe(500);
    expect(pointsOf({ elapsedMs: 20_500 })).toBe(500);
  });

  it("do not depend on time or streak under ACCURACY", () => {
    expect(pointsOf({ rules: SCORING.ACCURACY, elapsedMs: 20_000, streakBefore: 9 })).toBe(1000);
  });

  it("grow by 100 with each right answer in a row, up to 500 more", () => {
    const bonuses = [0, 1, 2, 3, 4, 5, 6, 50].map((streakBefore) => pointsOf({ streakBefore }) - 1000);
    expect(bonuses).toEqual([0, 100, 200, 300, 400, 500, 500, 500]);
  });

  it("are rounded once, after the share and before the bonus", () => {
    // 1000 × 0.75 × 1/3 = 250; and 1001 × 0.5 × 1/2 = 250.25
    expect(pointsOf({ elapsedMs: 10_000, share: { num: 1, den: 3 }, correct: false })).toBe(250);
    expect(pointsOf({ points: 1001, elapsedMs: 20_000, share: { num: 1, den: 2 }, correct: false })).toBe(
      250,
    );
    // 1 × 0.5 = 0.5 goes up.
    expect(pointsOf({ points: 1, elapsedMs: 20_000 })).toBe(1);
  });

  it("give partial credit no bonus, and break the streak", () => {
    const { points, breakdown } = scoreAnswer({
      ...right,
      share: { num: 1, den: 2 },
      correct: false,
      streakBefore: 3,
    });
    expect(points).toBe(500);
    expect(breakdown).toEqual({ base: 1000, speed: 1, share: 0.5, streak: 0, streakBonus: 0 });
  });

  it("say how they came about", () => {
    const { points, breakdown } = scoreAnswer({ ...right, elapsedMs: 10_000, streakBefore: 2 });
    expect(breakdown).toEqual({ base: 1000, speed: 0.75, share: 1, streak: 3, streakBonus: 200 });
    expect(points).toBe(950);
  });
});

const share = fc
  .integer({ min: 1, max: 8 })
  .chain((den) => fc.record({ num: fc.integer({ min: 0, max: den }), den: fc.constant(den) }));
const scored: fc.Arbitrary<Scored> = fc.record({
  rules: fc.constantFrom(SCORING.CLASSIC, SCORING.ACCURACY),
  points: fc.integer({ min: 0, max: 10_000 }),
  timeLimitMs: fc.integer({ min: 1, max: 600 }).map((seconds) => seconds * 1000),
  elapsedMs: fc.integer({ min: 0, max: 600_500 }),
  share,
  correct: fc.boolean(),
  streakBefore: fc.integer({ min: 0, max: 200 }),
});

describe("Whatever is answered", () => {
  it("earns exactly what the formula gives in whole-number arithmetic without limits", () => {
    fc.assert(
      fc.property(scored, (answer) => {
        const { rules, share, streakBefore } = answer;
        const limit = BigInt(answer.timeLimitMs);
        const elapsed = BigInt(Math.min(answer.elapsedMs, answer.timeLimitMs));
        const lost = answer.elapsedMs < rules.fullUnderMs ? 0n : BigInt(rules.speedShare * 10) * elapsed;
        const numerator = BigInt(answer.points) * (10n * limit - lost) * BigInt(share.num);
        const denominator = 10n * limit * BigInt(share.den);
        const rounded = (2n * numerator + denominator) / (2n * denominator);
        const bonus = answer.correct ? Math.min(streakBefore * rules.streakStep, rules.streakCap) : 0;
        expect(scoreAnswer(answer).points).toBe(Number(rounded) + bonus);
      }),
      { numRuns: 20_000 },
    );
  });

  it("earns no more for coming later", () => {
    fc.assert(
      fc.property(scored, fc.nat(600_000), (answer, later) => {
        const delayed = { ...answer, elapsedMs: answer.elapsedMs + later };
        expect(scoreAnswer(delayed).points).toBeLessThanOrEqual(scoreAnswer(answer).points);
      }),
    );
  });

  it("earns whole points, from half of what its share is worth up to that and the greatest bonus", () => {
    fc.assert(
      fc.property(scored, (answer) => {
        const { points, breakdown } = scoreAnswer(answer);
        const worth = answer.points * breakdown.share;
        expect(Number.isSafeInteger(points)).toBe(true);
        expect(points).toBeGreaterThanOrEqual(Math.floor(worth * 0.5));
        expect(points).toBeLessThanOrEqual(Math.ceil(worth) + 500);
      }),
    );
  });
});
