import { setTimeout as sleep } from "node:timers/promises";

/** How quickly something that has many clients is let go of. */
export interface Farewell {
  /** Clients are let go one by one, over this time. */
  readonly spreadMs: number;
  /** Aborted: no spreading any more, whoever is still here goes now. */
  readonly hurry: AbortSignal;
  /** Aborted: whoever is still here is cut off. */
  readonly enough: AbortSignal;
}

/**
 * Calls `act` for each item in random order, at moments that are random and yet even over `ms`: whoever is sent away
 * comes back elsewhere, and should not come with all the others. When `hurry` is aborted, the rest follows at once.
 */
export async function spreadOver<Item>(
  items: Iterable<Item>,
  { spreadMs, hurry }: Pick<Farewell, "spreadMs" | "hurry">,
  act: (item: Item) => void,
): Promise<void> {
  const waiting = [...items].map((item) => ({ item, place: Math.random() }));
  waiting.sort((a, b) => a.place - b.place);
  const slotMs = spreadMs / Math.max(1, waiting.length);
  const began = performance.now();
  for (const [index, { item }] of waiting.entries()) {
    await pause((index + Math.random()) * slotMs - (performance.now() - began), hurry);
    act(item);
  }
}

/** Waits so many milliseconds, or until `hurry` is aborted. */
export async function pause(ms: number, hurry: AbortSignal): Promise<void> {
  if (ms < 1 || hurry.aborted) return;
  await sleep(ms, undefined, { signal: hurry }).catch(() => {});
}

/** Runs `act` when the signal is aborted, or now if it was already. */
export function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true });
}
