import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { saysSoSoon } from "./saysSoSoon.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const { signal } = new AbortController();

it("is yes as soon as the server says so", async () => {
  let asked = 0;
  const answer = saysSoSoon(async () => ++asked === 3, signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([await answer, asked]).toEqual([true, 3]);
});

it("is no when the server has said no for three seconds: there is more time", async () => {
  let asked = 0;
  const answer = saysSoSoon(async () => ++asked > 100, signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([await answer, asked]).toEqual([false, 6]);
});

it("is no at once for a page that is being left", async () => {
  expect(await saysSoSoon(async () => true, AbortSignal.abort())).toBe(false);
});
