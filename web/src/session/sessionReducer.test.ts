import { describe, expect, it } from "vitest";
import { attemptReducer, newest, sessionReducer } from "./sessionReducer.ts";

const session = (version: number, id = "s1") => ({ id, version });
const attempt = (score: number, answeredCount: number, status = "ACTIVE") => ({
  id: "a1",
  score,
  answeredCount,
  status,
});

describe("sessionReducer", () => {
  it("I5 takes a newer state and drops equal and older ones", () => {
    const third = session(3);
    expect(sessionReducer(undefined, third)).toBe(third);
    expect(sessionReducer(third, session(2))).toBe(third);
    expect(sessionReducer(third, session(3))).toBe(third);
    expect(sessionReducer(third, session(9))?.version).toBe(9);
  });

  it("I5 ends with the highest version, whatever the order of arrival", () => {
    const orders = [
      [1, 2, 3],
      [3, 1, 2],
      [2, 3, 1],
    ];
    for (const order of orders) {
      const last = order.map((version) => session(version)).reduce(newest<{ id: string; version: number }>);
      expect(last.version).toBe(3);
    }
  });

  it("I5 follows a deadline that an outage has moved, and does not go back to the old one", () => {
    const open = { ...session(7), question: { id: "q1", closesAt: "2030-01-01T10:00:20.000Z" } };
    // Rebuilt from the history, a session goes on with a version far above any that it had.
    const moved = { ...session(1_000_008), question: { id: "q1", closesAt: "2030-01-01T10:01:20.000Z" } };
    expect(sessionReducer(open, moved)).toBe(moved);
    expect(sessionReducer(moved, open)).toBe(moved);
  });

  it("starts afresh when the code belongs to another session now", () => {
    expect(sessionReducer(session(40), session(1, "s2"))).toEqual(session(1, "s2"));
  });

  it("keeps to its own session when it is bound to one", () => {
    const own = session(40);
    expect(sessionReducer(own, session(1, "s2"), "s1")).toBe(own);
    expect(sessionReducer(undefined, session(1, "s2"), "s1")).toBeUndefined();
  });
});

describe("attemptReducer", () => {
  it("never shows fewer answers or points than it showed before", () => {
    const now = attempt(900, 2);
    expect(attemptReducer(now, attempt(0, 1))).toBe(now);
    expect(attemptReducer(now, attempt(0, 2))).toBe(now);
    expect(attemptReducer(now, attempt(900, 3)).answeredCount).toBe(3);
  });

  it("takes a changed rank at the same score", () => {
    const changed = { ...attempt(900, 2), rank: 4 };
    expect(attemptReducer({ ...attempt(900, 2), rank: 3 }, changed)).toBe(changed);
  });

  it("does not bring back a removed or finished attempt", () => {
    const removed = attempt(900, 2, "REMOVED");
    expect(attemptReducer(removed, attempt(900, 2))).toBe(removed);
  });
});
