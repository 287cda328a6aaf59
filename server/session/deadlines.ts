import type { Clock } from "../core/clock.ts";
import type { LiveStore } from "./store/liveStore.ts";

/** Another server, or this one, may open a question that is due sooner than the next one known. */
const LONGEST_SLEEP_MS = 100;
const SHORTEST_SLEEP_MS = 5;

/**
 * Closes questions whose time is up. The deadlines are the store's; this only asks it often enough. Returns the
 * function that stops the asking and resolves once the last one has ended.
 */
export function watchDeadlines(
  store: Pick<LiveStore, "closeDue">,
  clock: Clock,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false;
  let wake: () => void = () => {};

  async function run(): Promise<void> {
    while (!stopped) {
      let next: number | null = null;
      try {
        next = await store.closeDue();
      } catch (error) {
        onError(error);
      }
      if (stopped) return;
      const sleep = next === null ? LONGEST_SLEEP_MS : next - clock.now();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(SHORTEST_SLEEP_MS, Math.min(sleep, LONGEST_SLEEP_MS)));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const running = run();
  return () => {
    stopped = true;
    wake();
    return running;
  };
}
