/** Prepares and runs work so many times, one after the other, and gives how long each run took, in milliseconds, sorted. */
export async function timed<Prepared>(
  runs: number,
  prepare: () => Promise<Prepared>,
  work: (prepared: Prepared) => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const prepared = await prepare();
    const began = performance.now();
    await work(prepared);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

/** The value under which a share of the sorted times lies. */
export function percentile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? Number.NaN;
}
