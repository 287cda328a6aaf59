import type { LiveRecorder } from "./liveMetrics.ts";
import type { Outage } from "./outages.ts";

/** As long without a beat, and the store may have taken the server for gone. */
const CUT_OFF_MS = 3_000;

/** The same beats; what they say of the store is counted, and told where they fail. Rejects as they do. */
export function observedBeats(
  store: { beat(): Promise<void> },
  recorder: Pick<LiveRecorder, "storeAbsent">,
  outage: Outage,
): { beat(): Promise<void> } {
  let last: number | null = null;
  return {
    async beat() {
      try {
        await store.beat();
      } catch (error) {
        outage.fails(error);
        throw error;
      }
      outage.works();
      const now = performance.now();
      if (last !== null && now - last > CUT_OFF_MS) recorder.storeAbsent("cut_off");
      last = now;
    },
  };
}
