import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { UserId } from "../core/ids.ts";
import { whileSignedIn } from "./whileSignedIn.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

const identity = { kind: "user", userId: "ana" as UserId, via: "token" } as const;

test("whoever is not signed in any more is told nothing more, within five seconds", async () => {
  let signedIn = true;
  const look = vi.fn(async () => signedIn);
  const read = whileSignedIn({ identity, isStillSignedIn: look }, async (view: number) => view);
  for (const view of [1, 2, 3]) expect(await read(view)).toBe(view);
  expect(look).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5_000);
  expect(await read(4)).toBe(4);
  signedIn = false;
  vi.advanceTimersByTime(4_999);
  expect(await read(5)).toBe(5);
  vi.advanceTimersByTime(1);
  await expect(read(6)).rejects.toThrow("Your sign-in is not valid any more: sign in again.");
});

test("nobody is looked up who follows without a sign-in", async () => {
  const look = vi.fn(async () => false);
  const read = whileSignedIn(
    { identity: { kind: "anonymous" }, isStillSignedIn: look },
    async (view: number) => view,
  );
  vi.advanceTimersByTime(60_000);
  expect(await read(1)).toBe(1);
  expect(look).not.toHaveBeenCalled();
});
