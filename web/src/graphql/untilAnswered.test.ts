import { CombinedError } from "@urql/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHeldUp } from "./heldUp.ts";
import { untilAnswered } from "./untilAnswered.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const failed = (code: string) =>
  new CombinedError({ graphQLErrors: [{ message: code, extensions: { code } }] });
const offline = new CombinedError({ networkError: new Error("offline") });
type Seat = { seat: string | null };

/** A server that gives these answers one after the other, the last one for ever. */
function server(...answers: ({ data?: Seat; error?: CombinedError } | undefined)[]) {
  let asked = 0;
  const ask = vi.fn(async () => answers[Math.min(asked++, answers.length - 1)]);
  return { ask, heldUp: createHeldUp() };
}
const soon = () => vi.advanceTimersByTimeAsync(600_000);

describe("untilAnswered", () => {
  it("asks on through lost connections, silence, faults and outages, until there is an answer", async () => {
    const { ask, heldUp } = server(
      { error: offline },
      undefined,
      { error: failed("UNAVAILABLE") },
      { error: failed("INTERNAL_SERVER_ERROR") },
      { data: { seat: "1" } },
    );
    const onRetry = vi.fn();
    const answer = untilAnswered(ask, { heldUp, onRetry });
    await soon();
    expect(await answer).toEqual({ seat: "1" });
    expect(ask).toHaveBeenCalledTimes(5);
    expect(onRetry).toHaveBeenCalledTimes(4);
  });

  it("leaves a server alone for as long as it asks for, and then goes on", async () => {
    const limited = new CombinedError({
      graphQLErrors: [{ message: "later", extensions: { code: "RATE_LIMITED", retryAfterSeconds: 30 } }],
    });
    const { ask, heldUp } = server({ error: limited }, { data: { seat: "1" } });
    const answer = untilAnswered(ask, { heldUp });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(ask).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answer).toEqual({ seat: "1" });
  });

  it("asks another server of the same page's version, where one does not know the operation", async () => {
    const { ask, heldUp } = server(
      { error: failed("PERSISTED_OPERATION_NOT_FOUND") },
      { data: { seat: "1" } },
    );
    const answer = untilAnswered(ask, { heldUp });
    await soon();
    expect(await answer).toEqual({ seat: "1" });
  });

  it("does not take for an answer what an absent part has left empty", async () => {
    const { ask, heldUp } = server(
      { data: { seat: null }, error: failed("UNAVAILABLE") },
      { data: { seat: "1" } },
    );
    const answer = untilAnswered(ask, { heldUp });
    await soon();
    expect(await answer).toEqual({ seat: "1" });
  });

  it("outlasts an outage of any length, and says that it waits", async () => {
    const { ask, heldUp } = server({ error: failed("UNAVAILABLE") });
    const leaving = new AbortController();
    const answer = untilAnswered(ask, { heldUp, signal: leaving.signal });
    await soon();
    expect(heldUp.active.value).toBe(true);
    expect(ask.mock.calls.length).toBeGreaterThan(100);
    leaving.abort();
    await soon();
    expect(await answer).toBeUndefined();
    expect(heldUp.active.value).toBe(false);
  });

  it("says that it waits for a part of the server, not for the network", async () => {
    const { ask, heldUp } = server({ error: offline }, { error: failed("UNAVAILABLE") }, { error: offline });
    const seen: boolean[] = [];
    const leaving = new AbortController();
    const onRetry = () => seen.push(heldUp.active.value);
    const answer = untilAnswered(ask, { heldUp, signal: leaving.signal, onRetry });
    await vi.advanceTimersByTimeAsync(20_000);
    leaving.abort();
    await soon();
    await answer;
    expect(seen.slice(0, 3)).toEqual([false, true, false]);
  });

  it("throws what asking again would not change, at once", async () => {
    const { ask, heldUp } = server({ error: failed("FORBIDDEN") });
    await expect(untilAnswered(ask, { heldUp })).rejects.toThrow("FORBIDDEN");
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("throws a fault of the server that does not pass", async () => {
    const { ask, heldUp } = server({ error: failed("INTERNAL_SERVER_ERROR") });
    const outcome = untilAnswered(ask, { heldUp }).catch((error: unknown) => String(error));
    await soon();
    expect(await outcome).toContain("INTERNAL_SERVER_ERROR");
    expect(ask).toHaveBeenCalledTimes(30);
  });

  it("stops when what it was asked for has happened meanwhile", async () => {
    const { ask, heldUp } = server({ error: failed("UNAVAILABLE") });
    const open = { question: true };
    const answer = untilAnswered(ask, { heldUp, wanted: () => open.question });
    await vi.advanceTimersByTimeAsync(10_000);
    open.question = false;
    await soon();
    expect(await answer).toBeUndefined();
    expect(heldUp.active.value).toBe(false);
  });
});
