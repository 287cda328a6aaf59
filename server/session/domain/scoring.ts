import type { Share } from "./answerChecking.ts";
import type { PointsBreakdown, ScoringName, ScoringRules } from "./session.ts";

export const SCORING: Readonly<Record<ScoringName, ScoringRules>> = {
  CLASSIC: { speedShare: 0.5, fullUnderMs: 500, streakStep: 100, streakCap: 500 },
  ACCURACY: { speedShare: 0, fullUnderMs: 0, streakStep: 0, streakCap: 0 },
};

export interface Scored {
  readonly rules: ScoringRules;
  /** What the question is worth, 0 to 10,000. */
  readonly points: number;
  readonly timeLimitMs: number;
  /** From opening to arrival, in whole milliseconds; more than the time limit counts as the time limit. */
  readonly elapsedMs: number;
  readonly share: Share;
  /** Whether the answer is exactly right: partial credit earns points, but no bonus. */
  readonly correct: boolean;
  /** Right answers in a row just before this one. */
  readonly streakBefore: number;
}

/**
 * The points of one answer: `round_half_up(P × speed × share) + bonus`, where `speed = 1 − speedShare × t/T`, and 1
 * under `fullUnderMs`; the n-th right answer in a row adds `min((n−1) × streakStep, streakCap)`.
 */
export function scoreAnswer(scored: Scored): {
  readonly points: number;
  readonly breakdown: PointsBreakdown;
} {
  const { rules, points: base, timeLimitMs, share, correct, streakBefore } = scored;
  const elapsedMs = Math.min(scored.elapsedMs, timeLimitMs);
  // 1 − speedShare × t/T = (1000·T − milliShare·t) / (1000·T), a ratio of whole numbers.
  const milliShare = elapsedMs < rules.fullUnderMs ? 0 : Math.round(rules.speedShare * 1000);
  const left = 1000 * timeLimitMs - milliShare * elapsedMs;
  const whole = 1000 * timeLimitMs;

  const streak = correct ? streakBefore + 1 : 0;
  const streakBonus = correct ? Math.min(streakBefore * rules.streakStep, rules.streakCap) : 0;
  return {
    points: roundedHalfUp(base * left * share.num, whole * share.den) + streakBonus,
    breakdown: { base, speed: left / whole, share: share.num / share.den, streak, streakBonus },
  };
}

/**
 * `numerator / denominator` to the nearest whole number, halves up, exactly: ⌊(2N + D) / 2D⌋. At our limits (10,000
 * points, 600 s, shares in eighths) 2N + D stays under 10¹⁴ < 2⁵³, so all of it is exact in doubles. The one division
 * is rounded, but cannot reach the next whole number k from below: a quotient under k is at least 1/2D away from it,
 * and that is more than half an ulp of k while k × 2D < 2⁵³.
 */
function roundedHalfUp(numerator: number, denominator: number): number {
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}
