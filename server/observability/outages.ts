import type { Logger } from "./logger.ts";

/** What one part reports of its troubles. */
export interface Outage {
  /** The part did not do what it was asked. Told of once, until it works again. */
  fails(error: unknown): void;
  /** The part did what it was asked. */
  works(): void;
}

export interface Outages {
  /** The same for the same name, so that several who work with a part tell of one outage together. */
  of(part: string): Outage;
}

/** A part of which nobody hears a failure for so long is back, though nobody may have said so. */
const QUIET_MS = 10_000;
/** What works for one and fails for another, in turn, is away. */
const SETTLED_MS = 2_000;

interface Patience {
  readonly quietMs?: number;
  readonly settledMs?: number;
}

/**
 * Tells of outages in two lines, however many calls fail: when a part goes away, and when it is back, with the time that
 * it was away.
 */
export function createOutages(logger: Logger, patience: Patience = {}): Outages {
  const known = new Map<string, Outage>();
  return {
    of(part) {
      const outage = known.get(part) ?? createOutage(logger, part, patience);
      known.set(part, outage);
      return outage;
    },
  };
}

function createOutage(logger: Logger, part: string, patience: Patience): Outage {
  const { quietMs = QUIET_MS, settledMs = SETTLED_MS } = patience;
  let away: {
    readonly since: number;
    last: number;
    failures: number;
    readonly timer: NodeJS.Timeout;
  } | null = null;

  function back(until: number): void {
    if (away === null) return;
    clearTimeout(away.timer);
    const seconds = Math.round((until - away.since) / 100) / 10;
    logger.info({ part, seconds, failures: away.failures }, "a part is back");
    away = null;
  }

  return {
    fails(error) {
      const now = performance.now();
      if (away !== null) {
        away.failures += 1;
        away.last = now;
        away.timer.refresh();
        return;
      }
      const timer = setTimeout(() => back(away?.last ?? now), quietMs).unref();
      away = { since: now, last: now, failures: 1, timer };
      logger.warn({ part, err: error }, "a part cannot be reached");
    },
    works() {
      const now = performance.now();
      if (away !== null && now - away.last >= settledMs) back(now);
    },
  };
}
