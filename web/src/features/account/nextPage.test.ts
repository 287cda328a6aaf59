import { expect, it } from "vitest";
import { nextPage } from "./nextPage.ts";

it("leads back to the page that wanted the sign-in, else to the library", () => {
  expect(nextPage({ next: "/edit/abc?question=2" })).toBe("/edit/abc?question=2");
  expect(nextPage({})).toBe("/host");
});

it.each([
  "https://elsewhere.example",
  "//elsewhere.example",
  "/\\elsewhere.example",
  "javascript:alert(1)",
  "",
])("does not follow %s to another site", (next) => expect(nextPage({ next })).toBe("/host"));
