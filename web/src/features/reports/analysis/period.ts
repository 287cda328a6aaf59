/** From when on attempts count. */
export const periods = ["all", "year", "month", "week"] as const;
export type Period = (typeof periods)[number];

const days: Record<Exclude<Period, "all">, number> = { year: 365, month: 30, week: 7 };

/** The moment after which attempts count, ISO 8601; null for all of them. Whole days, so that asking twice is asking the same. */
export function startOf(period: Period, now: number): string | null {
  if (period === "all") return null;
  const day = 24 * 60 * 60 * 1000;
  return new Date(Math.floor(now / day) * day - days[period] * day).toISOString();
}
