import { type ComputedRef, computed, onScopeDispose, ref } from "vue";
import type { ServerClock } from "./serverClock.ts";

export interface Deadline {
  opensAt: string;
  closesAt: string;
}
export interface Countdown {
  /** Until the deadline, in milliseconds; 0 when it is over. */
  remainingMs: ComputedRef<number>;
  /** Full seconds, rounded up, as people count down. */
  seconds: ComputedRef<number>;
  /** 1 at the opening, 0 at the deadline. */
  fraction: ComputedRef<number>;
  /** Whether the question's time has begun: a host may announce one that opens in a moment. */
  begun: ComputedRef<boolean>;
}

const tickMs = 100;

/** Time left by the server's clock. Nothing is decremented: a sleeping phone wakes up with the right time. */
export function useCountdown(clock: ServerClock, deadline: () => Deadline | undefined | null): Countdown {
  const tick = ref(0);
  const timer = setInterval(() => {
    tick.value += 1;
  }, tickMs);
  onScopeDispose(() => clearInterval(timer));

  const remainingMs = computed(() => {
    void tick.value;
    const until = deadline();
    return until ? clock.remaining(until.closesAt) : 0;
  });
  const total = computed(() => {
    const until = deadline();
    return until ? Math.max(1, Date.parse(until.closesAt) - Date.parse(until.opensAt)) : 1;
  });
  return {
    remainingMs,
    seconds: computed(() => Math.ceil(Math.min(remainingMs.value, total.value) / 1000)),
    fraction: computed(() => Math.min(1, remainingMs.value / total.value)),
    begun: computed(() => remainingMs.value <= total.value),
  };
}
