import { setTimeout as sleep } from "node:timers/promises";
import type { SessionId } from "../core/ids.ts";
import { UnavailableError } from "../core/refusals.ts";
import type { LiveStore } from "./store/liveStore.ts";

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 200;

/**
 * Waits until what a session's history says now is in PostgreSQL: every change up to the version at the call. Resolves
 * to true then, and for a session that the live store does not have (any more); to false after `timeoutMs`, or where
 * the live store cannot be asked.
 */
export type CaughtUp = (id: SessionId, timeoutMs: number) => Promise<boolean>;

export function createCaughtUp(store: Pick<LiveStore, "read">): CaughtUp {
  return async (id, timeoutMs) => {
    const until = performance.now() + timeoutMs;
    try {
      const called = await store.read({ id });
      let stored = called?.storedVersion;
      for (let wait = FIRST_WAIT_MS; called && stored !== undefined; wait *= 2) {
        if (stored >= called.version) return true;
        const left = until - performance.now();
        if (left <= 0) return false;
        await sleep(Math.min(wait, LONGEST_WAIT_MS, left));
        stored = (await store.read({ id }))?.storedVersion;
      }
      return true;
    } catch (error) {
      if (error instanceof UnavailableError) return false;
      throw error;
    }
  };
}
