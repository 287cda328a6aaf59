import { expect, test } from "vitest";
import { RecentlyUsed } from "./recentlyUsed.ts";

test("what was used longest ago goes first, by weight", () => {
  const kept = new RecentlyUsed<string, string>(10, (_key, value) => value.length);
  kept.set("a", "1234");
  kept.set("b", "1234");
  expect(kept.get("a")).toBe("1234");
  kept.set("c", "1234");
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual(["1234", undefined, "1234"]);
});

test("what is heavier than everything is not kept, and moves nothing", () => {
  const kept = new RecentlyUsed<string, string>(10, (_key, value) => value.length);
  kept.set("a", "1234");
  kept.set("b", "12345678901");
  expect([kept.get("a"), kept.get("b"), kept.size]).toEqual(["1234", undefined, 1]);
});

test("a new value takes the place and the weight of the old one", () => {
  const kept = new RecentlyUsed<string, string>(10, (_key, value) => value.length);
  for (let times = 0; times < 20; times++) kept.set("a", "123456");
  kept.set("b", "1234");
  expect([kept.get("a"), kept.get("b"), kept.size]).toEqual(["123456", "1234", 2]);
});
