/** Between two askings, in milliseconds. */
const everyMs = 500;
/** The server closes what is due within a second; one that says no for three has more time to give. */
const tries = 6;

/** Asks until the answer is yes; after about three seconds of no, it is no. */
export async function saysSoSoon(ask: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  for (let asked = 1; !signal.aborted; asked += 1) {
    if (await ask()) return true;
    if (asked === tries) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return false;
}
