/** Numbers that look random and are the same for the same seed, so that a run's faults come again. */
export interface Random {
  /** From 0 up to 1. */
  next(): number;
  between(from: number, to: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** One of the values, each as likely as its weight says. */
  weighted<Value>(values: readonly { readonly weight: number; readonly value: Value }[]): Value;
}

/** mulberry32: https://github.com/cprosche/mulberry32 */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(next() * values.length)];
    if (value === undefined) throw new RangeError("There is nothing to pick from");
    return value;
  };
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    pick,
    weighted(values) {
      let left = next() * values.reduce((sum, { weight }) => sum + weight, 0);
      for (const { weight, value } of values) {
        left -= weight;
        if (left < 0) return value;
      }
      return pick(values).value;
    },
  };
}
