const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The waits between tries that Standard Webhooks recommends, in milliseconds: ten tries in three days. */
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Up to a fifth longer, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * How long to wait after so many failed tries, in milliseconds; null after the last one. `askedMs`: what the endpoint has
 * asked for by Retry-After; it may make the wait longer, up to a day.
 */
export function waitAfter(failures: number, askedMs = 0, random: () => number = Math.random): number | null {
  const wait = WAITS_MS[failures - 1];
  if (wait === undefined) return null;
  const longer = Math.max(wait, Math.min(askedMs, 24 * HOUR));
  return Math.round(longer * (1 + JITTER * random()));
}
