import { setTimeout as sleep } from "node:timers/promises";

const STEP_MS = 100;
const MOST_MS = 2_000;

/** Waits longer the more often something has gone wrong: not at all for the first `free` times, then 0.1, 0.2 … 2 s. */
export async function slowly(failures: number, free: number): Promise<void> {
  if (failures <= free) return;
  await sleep(Math.min(MOST_MS, STEP_MS * 2 ** (failures - free - 1)));
}
