/*
 * Redis orders a sorted set by a double, and breaks ties by name. Our order (score descending, then who reached it
 * first) is therefore packed into the 53 bits that a double holds exactly: 25 for the score, 28 for the version.
 *
 *   packed = score × 2²⁸ + (2²⁸ − 1 − reachedVersion), highest first
 *
 * Limits: scores below 33,554,432 (200 questions of 10,000 points with full bonus make 2.1 million) and versions below
 * 268 million (10,000 players at 200 questions make about 4 million; each loss of all that Redis held adds one). No two
 * attempts have the same version, so no two have the same packed score.
 */
const VERSIONS = 2 ** 28;

/** An attempt's place in the standings; higher is better. The scripts compute the same in lua/shared/attempts.lua. */
export function packedScore(record: { readonly score: number; readonly reachedVersion: number }): number {
  return record.score * VERSIONS + (VERSIONS - 1 - record.reachedVersion);
}

/** The score in a place. */
export function scoreIn(packed: number): number {
  return Math.floor(packed / VERSIONS);
}
