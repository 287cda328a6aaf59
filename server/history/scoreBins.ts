/** How many attempts have a score from `from` to under `to`. */
export interface ScoreBin {
  readonly from: number;
  readonly to: number;
  readonly attempts: number;
}

const MOST_BINS = 20;
const STEP = 100;

/** Counts of scores by the hundred, as at most twenty bins of a round width from 0 to the best score. */
export function scoreBins(
  steps: readonly { readonly from: number; readonly attempts: number }[],
): readonly ScoreBin[] {
  if (steps.length === 0) return [];
  const best = Math.max(...steps.map(({ from }) => from));
  const width = widthFor(best);
  const bins = Array.from({ length: Math.floor(best / width) + 1 }, (_, index) => ({
    ...{ from: index * width, to: (index + 1) * width, attempts: 0 },
  }));
  for (const { from, attempts } of steps) {
    const bin = bins[Math.floor(from / width)];
    if (bin) bin.attempts += attempts;
  }
  return bins;
}

/** 100, 200, 500, 1000 … points. */
function widthFor(best: number): number {
  for (let power = STEP; ; power *= 10) {
    for (const factor of [1, 2, 5]) if (best < factor * power * MOST_BINS) return factor * power;
  }
}
