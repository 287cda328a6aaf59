import { createHash } from "node:crypto";
import type { Clock } from "../core/clock.ts";
import type { UserId } from "../core/ids.ts";

/** A database that has not answered by then is treated as away. */
const PATIENCE_MS = 1000;
/** How long a host whose sign-in cannot be checked goes on running a game. */
const REMEMBERED_MS = 15 * 60_000;
/** After a failure, what is remembered is used at once for as long, and not after waiting anew each time. */
const AWAY_MS = 2000;
const LIMIT = 10_000;

export interface RememberedUsers<Who = UserId> {
  /**
   * Whose credential this is, as `lookup` says; where that fails or does not answer in time, as it last said, if that
   * is not long ago. Rejects as `lookup` does where nothing is remembered.
   */
  of(credential: string, lookup: () => Promise<Who | null>): Promise<Who | null>;
  /** A sign-in has ended: it counts no more, even where it cannot be looked up. */
  forget(credential: string): void;
  /** The same for every credential of whom this holds. */
  forgetAll(isGone: (who: Who) => boolean): void;
}

interface Remembered<Who> {
  readonly who: Who;
  readonly at: number;
}

/**
 * Lets hosts go on with their games while the database that knows their sign-ins is away. It is asked each time, so
 * that a sign-out counts at once; what it said is a fallback only.
 */
export function rememberUsers<Who = UserId>(clock: Clock): RememberedUsers<Who> {
  const remembered = new Map<string, Remembered<Who>>();
  let awayUntil = 0;

  function known(key: string): Who | null {
    const found = remembered.get(key);
    return found && clock.now() - found.at <= REMEMBERED_MS ? found.who : null;
  }

  function keep(key: string, who: Who | null): void {
    remembered.delete(key);
    if (who === null) return;
    remembered.set(key, { who, at: clock.now() });
    const oldest = remembered.keys().next();
    if (remembered.size > LIMIT && !oldest.done) remembered.delete(oldest.value);
  }

  return {
    async of(credential, lookup) {
      const key = hashOf(credential);
      const asked = lookup().then(
        (who) => {
          awayUntil = 0;
          keep(key, who);
          return who;
        },
        (error: unknown) => {
          awayUntil = clock.now() + AWAY_MS;
          throw error;
        },
      );
      const fallback = known(key);
      if (fallback === null) return asked;
      const settled = asked.catch(() => fallback);
      if (clock.now() < awayUntil) return fallback;
      return Promise.race([settled, patience(() => (awayUntil = clock.now() + AWAY_MS), fallback, settled)]);
    },
    forget(credential) {
      remembered.delete(hashOf(credential));
    },
    forgetAll(isGone) {
      for (const [key, { who }] of remembered) if (isGone(who)) remembered.delete(key);
    },
  };
}

/** Brings `value` once patience is over, after calling `onOver`; nothing of it stays once `settled` is. */
function patience<Value>(onOver: () => void, value: Value, settled: Promise<unknown>): Promise<Value> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      onOver();
      resolve(value);
    }, PATIENCE_MS);
    void settled.finally(() => clearTimeout(timer));
  });
}

/** Credentials themselves do not lie about in memory. */
function hashOf(credential: string): string {
  return createHash("sha256").update(credential).digest("base64");
}
