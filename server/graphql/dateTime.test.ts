import { describe, expect, test } from "vitest";
import { DateTimeScalar } from "./dateTime.ts";

describe("a DateTime", () => {
  test("goes out with milliseconds, in UTC", () => {
    const text = "2026-03-01T09:30:00.000Z";
    expect(DateTimeScalar.serialize(new Date(text))).toBe(text);
    expect(DateTimeScalar.serialize(Date.parse(text))).toBe(text);
    expect(() => DateTimeScalar.serialize(new Date("never"))).toThrow();
    expect(() => DateTimeScalar.serialize(text)).toThrow();
  });

  test.each(["2026-03-01T09:30:00Z", "2026-03-01T09:30:00.000Z", "2026-03-01T10:30:00.000000+01:00"])(
    "comes in as %s",
    (text) => {
      expect(DateTimeScalar.parseValue(text)).toEqual(new Date("2026-03-01T09:30:00.000Z"));
    },
  );

  test.each([
    "2026-03-01",
    "2026-03-01T09:30:00",
    "2026-13-01T00:00:00Z",
    "tomorrow",
    "",
    1772357400000,
    null,
  ])("does not come in as %j", (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow(/ISO 8601/);
  });
});
