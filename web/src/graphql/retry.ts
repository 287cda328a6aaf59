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

/** As long as this, and a connection counts as a good one. */
const stableMs = 5_000;
/** Close codes: the server is overloaded, or we read too slowly; our greeting came too late; we gave up on a silent link. */
const tryAgainLater = 1013;
const initTimeout = 4408;
const terminated = 4499;

export interface Backoff {
  /** The server has greeted us. */
  opened: () => void;
  /** The connection has ended with this close code. */
  closed: (code: number) => void;
  /** How long to wait before retry number `retries` (from 0) since the last greeting. */
  delay: (retries: number) => number;
}

/**
 * `retryDelay` for a connection: a server that greets and then breaks off again and again is asked less and less often,
 * and one that says "later" (1013) is not asked at once.
 */
export function createBackoff(
  now: () => number = () => performance.now(),
  random: () => number = Math.random,
): Backoff {
  let openedAt: number | undefined;
  let skipped = 0;
  return {
    opened: () => {
      openedAt = now();
    },
    closed: (code) => {
      // What ends before the greeting is counted by `retries`.
      if (openedAt === undefined) return;
      skipped = now() - openedAt < stableMs ? skipped + 1 : 0;
      if (code === tryAgainLater) skipped = Math.max(skipped, 2);
      openedAt = undefined;
    },
    delay: (retries) => retryDelay(retries + skipped, random),
  };
}

/**
 * How long to wait after the server has refused us for what we are or what we sent: it would do so again, so this is
 * about a change of mind or of version, and nobody needs that at once. Milliseconds.
 */
export function refusedDelay(random: () => number = Math.random): number {
  return 15_000 + random() * 15_000;
}

/** Whether a connection has ended (`reason`: its close event) over something that coming back does not change. */
export function isRefusal(reason: unknown): boolean {
  if (!(reason instanceof Object && "code" in reason) || typeof reason.code !== "number") return false;
  return reason.code >= 4400 && reason.code < 4500 && ![initTimeout, terminated].includes(reason.code);
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
