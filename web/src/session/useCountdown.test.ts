import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type EffectScope, effectScope, ref } from "vue";
import { createServerClock } from "./serverClock.ts";
import { type Countdown, type Deadline, useCountdown } from "./useCountdown.ts";

let scope: EffectScope;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

const opened = (at: number): Deadline => ({
  opensAt: new Date(at).toISOString(),
  closesAt: new Date(at + 20_000).toISOString(),
});

function start(first: Deadline) {
  const deadline = ref(first);
  const clock = createServerClock();
  const countdown = scope.run(() => useCountdown(clock, () => deadline.value));
  if (countdown === undefined) throw new Error("the scope is over");
  return { deadline, countdown };
}
const shown = ({ seconds, fraction, begun }: Countdown) => [seconds.value, fraction.value, begun.value];

it("counts down to the deadline and stays at zero", () => {
  const { countdown } = start(opened(1_000_000));
  expect(shown(countdown)).toEqual([20, 1, true]);
  vi.advanceTimersByTime(12_000);
  expect(shown(countdown)).toEqual([8, 0.4, true]);
  vi.advanceTimersByTime(20_000);
  expect(shown(countdown)).toEqual([0, 0, true]);
});

it("goes on where it stood when the time of an outage has been added", () => {
  const { deadline, countdown } = start(opened(1_000_000));
  vi.advanceTimersByTime(8_000);
  const before = shown(countdown);
  // Nobody could answer for a minute: the time ran out on the screen, and the server gives it back.
  vi.advanceTimersByTime(60_000);
  expect(shown(countdown)).toEqual([0, 0, true]);
  deadline.value = opened(1_060_000);
  expect(shown(countdown)).toEqual(before);
  vi.advanceTimersByTime(2_000);
  expect(shown(countdown)).toEqual([10, 0.5, true]);
});

it("never shows more than the whole time, where the added time begins a moment from now", () => {
  const { deadline, countdown } = start(opened(1_000_000));
  deadline.value = opened(1_000_300);
  expect(countdown.seconds.value).toBe(20);
  expect(countdown.fraction.value).toBe(1);
});
