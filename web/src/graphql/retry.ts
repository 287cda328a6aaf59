const baseMs = 250;
const capMs = 5_000;
const firstMs = 100;

/**
 * How long to wait before retry number `retries` (from 0), in milliseconds: full jitter up to 250 ms, 500 ms, … 5 s, so
 * that a thousand phones that lost the same server do not come back in one instant. The first is almost at once.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelay(retries: number, random: () => number = Math.random): number {
  if (retries === 0) return random() * firstMs;
  return random() * Math.min(capMs, baseMs * 2 ** (retries - 1));
}

/** Waits, but no longer than until the device comes online or the page is looked at again. */
export function sleepUntilAwake(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      if (document.visibilityState === "visible") done();
    };
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      document.removeEventListener("visibilitychange", wake);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    document.addEventListener("visibilitychange", wake);
  });
}
