import { SHARE_UNIT } from "./rollups/index.ts";

/** Exact sums over attempts of two figures, in 840ths. */
export interface Sums {
  readonly n: number;
  readonly x: bigint;
  readonly y: bigint;
  readonly products: bigint;
}

/** n(n − 1) times the sample covariance, in 840ths squared: exact, so that no variance is seen as none. */
export function comoment({ n, x, y, products }: Sums): bigint {
  return BigInt(n) * products - x * y;
}

/** A comoment as a sample covariance, in questions squared; 0 under two attempts. */
export function covarianceOf(moment: bigint, n: number): number {
  return n < 2 ? 0 : Number(moment) / (n * (n - 1)) / SHARE_UNIT ** 2;
}

/** Pearson's correlation out of comoments; null without variance on either side. */
export function correlationOf(xy: bigint, xx: bigint, yy: bigint): number | null {
  if (xx <= 0n || yy <= 0n) return null;
  const r = Number(xy) / (Math.sqrt(Number(xx)) * Math.sqrt(Number(yy)));
  return Math.max(-1, Math.min(1, r));
}

/**
 * Cronbach (1951): k/(k − 1) × (1 − Σ item variances / variance of the totals), KR-20 for right and wrong. Null under two items,
 * or without variance.
 */
export function alphaOf(itemVariances: bigint, totalVariance: bigint, items: number): number | null {
  if (items < 2 || totalVariance <= 0n) return null;
  return (items / (items - 1)) * (1 - Number(itemVariances) / Number(totalVariance));
}

/** Rounds half up. */
export function rounded(value: number): number {
  return Math.floor(value + 0.5);
}
