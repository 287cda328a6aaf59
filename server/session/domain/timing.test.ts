import { describe, expect, it } from "vitest";
import { dueAt, elapsedAt, extended } from "./timing.ts";

const question = { number: 1, opensAt: 1000, closesAt: 21_000 };

describe("The time of an answer", () => {
  it("runs from the opening to the arrival", () => {
    expect(elapsedAt(question, 1000)).toBe(0);
    expect(elapsedAt(question, 4321)).toBe(3321);
  });

  it("I6: is the full time within 500 ms after the deadline, and too long after them", () => {
    expect(elapsedAt(question, 21_000)).toBe(20_000);
    expect(elapsedAt(question, 21_500)).toBe(20_000);
    expect(elapsedAt(question, 21_501)).toBeNull();
  });

  it("is nothing where the clock was set back before the opening", () => {
    expect(elapsedAt(question, 0)).toBe(0);
  });

  it("starts again where it stood after a gap", () => {
    expect(elapsedAt(extended(question, 60_000), 64_321)).toBe(3321);
    expect(dueAt(extended(question, 60_000))).toBe(81_500);
  });
});
