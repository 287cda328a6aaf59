const [ZERO, NINE] = [48, 57];

/** The whole number that stands behind the first `needle` from `start` on; null where there is none before `end`. */
export function numberAfter(needle: Buffer, bytes: Buffer, start: number, end: number): number | null {
  let at = bytes.indexOf(needle, start);
  if (at < 0 || at >= end) return null;
  at += needle.length;
  let number = 0;
  for (let digit = bytes[at] ?? 0; digit >= ZERO && digit <= NINE; digit = bytes[at] ?? 0) {
    number = number * 10 + digit - ZERO;
    at += 1;
  }
  return number;
}
