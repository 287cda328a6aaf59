import type { OwnAnswer } from "../../session/types.ts";

export type Verdict = "right" | "partly" | "wrong" | "missed";

/** How a question went for the player; undefined while the answer's correctness is withheld. */
export function verdictOf(answer: OwnAnswer | undefined | null): Verdict | undefined {
  if (answer === undefined || answer === null) return "missed";
  if (answer.correct === null || answer.correct === undefined) return undefined;
  if (answer.correct) return "right";
  return answer.breakdown.share > 0 ? "partly" : "wrong";
}

/** The points without those of an answer whose result is not to be told yet. */
export function scoreWithout(score: number, answer: OwnAnswer | undefined): number {
  return Math.max(0, score - (answer?.points ?? 0));
}
