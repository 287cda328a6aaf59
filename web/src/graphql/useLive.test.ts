import { gql } from "@urql/core";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type EffectScope, effectScope } from "vue";
import { createHeldUp, type HeldUp } from "./heldUp.ts";
import { useLive } from "./useLive.ts";

interface Sink {
  next: (result: object) => void;
  error: (reason: unknown) => void;
  complete: () => void;
}

const held = vi.hoisted(() => ({ api: {} as { heldUp: HeldUp; connection: object } }));
vi.mock("./api.ts", () => ({ useApi: () => held.api }));

let scope: EffectScope;
let sinks: Sink[];
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  scope = effectScope();
  sinks = [];
  const subscribe = (_payload: unknown, sink: Sink) => {
    sinks.push(sink);
    return () => {};
  };
  held.api = { heldUp: createHeldUp(), connection: { ws: { subscribe } } };
});
afterEach(() => {
  scope.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function follow(): number[] {
  const seen: number[] = [];
  const document = gql<{ count: number }, Record<string, unknown>>("subscription { count }");
  scope.run(() => useLive({ document, variables: () => ({}), onData: ({ count }) => seen.push(count) }));
  return seen;
}
const unavailable = { message: "held up", extensions: { code: "UNAVAILABLE" } };
const last = () => {
  const sink = sinks.at(-1);
  if (sink === undefined) throw new Error("nothing was subscribed");
  return sink;
};

it("starts a subscription again that ended because a part of the server is away, and says so meanwhile", async () => {
  const seen = follow();
  const { active } = held.api.heldUp;
  last().next({ data: { count: 1 } });
  last().error([unavailable]);
  expect(active.value).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(sinks.length).toBe(2);
  // Refused at its start: the answer comes as a result, and then the end.
  last().next({ data: null, errors: [unavailable] });
  last().complete();
  await vi.advanceTimersByTimeAsync(250);
  expect([sinks.length, active.value]).toEqual([3, true]);
  last().next({ data: { count: 2 } });
  expect([active.value, seen]).toEqual([false, [1, 2]]);
});

it("comes back less and less often, and soon again after it has worked", async () => {
  follow();
  for (let n = 0; n < 8; n += 1) {
    last().error([unavailable]);
    await vi.advanceTimersByTimeAsync(5_000);
  }
  expect(sinks.length).toBe(9);
  last().next({ data: { count: 1 } });
  last().complete();
  await vi.advanceTimersByTimeAsync(100);
  expect(sinks.length).toBe(10);
});

it("waits long where the server has refused the connection", async () => {
  follow();
  last().error({ code: 4401, reason: "Unauthorized" });
  await vi.advanceTimersByTimeAsync(14_000);
  expect(sinks.length).toBe(1);
  await vi.advanceTimersByTimeAsync(17_000);
  expect(sinks.length).toBe(2);
});

it("ends with its component, and then nothing is waited for", async () => {
  follow();
  last().error([unavailable]);
  scope.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([sinks.length, held.api.heldUp.active.value]).toEqual([1, false]);
});
