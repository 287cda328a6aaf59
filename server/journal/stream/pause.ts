import { setTimeout as sleep } from "node:timers/promises";

/** Waits, or until `signal` says that waiting is over. Never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await sleep(ms, undefined, { signal }).catch(() => {});
}

const FIRST_MS = 50;
const LONGEST_MS = 2000;

/** How long to wait before the next try, in milliseconds, with jitter: many workers must not come at once. */
export function backoffMs(tries: number): number {
  const most = Math.min(FIRST_MS * 2 ** Math.min(tries, 10), LONGEST_MS);
  return most / 2 + (Math.random() * most) / 2;
}
