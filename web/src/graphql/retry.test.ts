import { describe, expect, it } from "vitest";
import { createBackoff, isRefusal, refusedDelay, retryDelay } from "./retry.ts";

/** The longest that a retry may wait. */
const longest = (retries: number) => retryDelay(retries, () => 1);

/** Numbers as random as a test can repeat. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe("retryDelay", () => {
  it("is anywhere up to 100 ms at first, then up to 250 ms, 500 ms … and never more than 5 s", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 100, 5_000].map(longest)).toEqual([
      100, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000,
    ]);
    expect([0, 1, 9].map((retries) => retryDelay(retries, () => 0))).toEqual([0, 0, 0]);
  });

  it("brings 1,000 clients that were dropped at once back within 1 s at p95, and not in one instant", () => {
    // The server that takes over refuses for the first 200 ms: the balancer has not noticed yet.
    const random = seeded(7);
    const back = Array.from({ length: 1_000 }, () => {
      let at = retryDelay(0, random);
      for (let retries = 1; at < 200; retries += 1) at += 5 + retryDelay(retries, random);
      return at;
    }).sort((a, b) => a - b);
    expect(back[949]).toBeLessThan(1_000);
    const busiest = Math.max(...back.map((from) => back.filter((at) => at >= from && at < from + 50).length));
    expect(busiest).toBeLessThan(400);
  });
});

describe("createBackoff", () => {
  function connection() {
    const clock = { now: 0 };
    const backoff = createBackoff(
      () => clock.now,
      () => 1,
    );
    const lasted = (ms: number, code: number) => {
      backoff.opened();
      clock.now += ms;
      backoff.closed(code);
    };
    return { backoff, lasted };
  }

  it("comes back at once after a good connection, whichever way the server left", () => {
    for (const code of [1001, 1006, 1012]) {
      const { backoff, lasted } = connection();
      lasted(60_000, code);
      expect(backoff.delay(0)).toBe(100);
    }
  });

  it("grows with every handshake that fails", () => {
    const { backoff, lasted } = connection();
    lasted(60_000, 1012);
    backoff.closed(1006);
    backoff.closed(1006);
    expect([backoff.delay(0), backoff.delay(1), backoff.delay(2)]).toEqual([100, 250, 500]);
  });

  it("grows, too, where a server greets and breaks off again and again", () => {
    const { backoff, lasted } = connection();
    const waits = Array.from({ length: 4 }, () => {
      lasted(40, 1006);
      return backoff.delay(0);
    });
    expect(waits).toEqual([250, 500, 1_000, 2_000]);
    lasted(60_000, 1006);
    expect(backoff.delay(0)).toBe(100);
  });

  it("leaves a server alone for longer that says: later", () => {
    const { backoff, lasted } = connection();
    lasted(60_000, 1013);
    expect(backoff.delay(0)).toBe(500);
  });
});

describe("isRefusal", () => {
  it("knows the codes that would come again from those that pass", () => {
    expect([4400, 4401, 4403, 4406, 4409, 4429].every((code) => isRefusal({ code }))).toBe(true);
    expect([1001, 1006, 1012, 1013, 4408, 4499, 4500, 4504].some((code) => isRefusal({ code }))).toBe(false);
    expect([undefined, null, [], new Error("x"), { code: "4401" }].some(isRefusal)).toBe(false);
  });

  it("is met with a long wait", () => {
    expect([refusedDelay(() => 0), refusedDelay(() => 1)]).toEqual([15_000, 30_000]);
  });
});
