import { expect, test } from "vitest";
import { LatestStates } from "./latestStates.ts";
import { SharedState } from "./sharedState.ts";

const state = (n: number) => new SharedState({ data: { n } }, n);

const resultOf = <Value>({ done, value }: IteratorResult<Value, void>) => (done ? undefined : value);

test("whoever pulls slowly finds the newest state, then waits for the next", async () => {
  const states = new LatestStates(() => {});
  states.offer(state(1));
  states.offer(state(2));
  expect(resultOf(await states.next())?.data).toEqual({ n: 2 });
  const next = states.next();
  states.offer(state(3));
  expect(resultOf(await next)?.data).toEqual({ n: 3 });
});

test("the last state comes before the end, and before an error", async () => {
  const ending = new LatestStates(() => {});
  ending.offer(state(1));
  ending.end();
  expect(resultOf(await ending.next())?.data).toEqual({ n: 1 });
  expect(await ending.next()).toEqual({ done: true, value: undefined });

  const failing = new LatestStates(() => {});
  failing.offer(state(1));
  failing.fail(null, new Error("away"));
  expect(resultOf(await failing.next())?.data).toEqual({ n: 1 });
  await expect(failing.next()).rejects.toThrow("away");
  expect(await failing.next()).toEqual({ done: true, value: undefined });
});

test("to return leaves at once, even while a state is awaited", async () => {
  let left = 0;
  const states = new LatestStates(() => {
    left += 1;
  });
  const waiting = states.next();
  await states.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(left).toBe(1);
});
