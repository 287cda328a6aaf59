import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstCodePoints, folded, storable } from "./folding.ts";

describe("Texts are compared", () => {
  it.each([
    ["  Hello   World\t", "hello world", "case and spaces"],
    ["don’t", "don't", "a phone's apostrophe"],
    ["don´t", "don't", "an accent typed as an apostrophe"],
    ["well‑known", "well-known", "a hyphen that does not break"],
    ["well–known", "well-known", "a dash"],
    ["Straße", "STRASSE", "sharp s"],
    ["STRAẞE", "straße", "capital sharp s"],
    ["ﬁne", "fine", "a ligature"],
    ["ｃａｆé", "cafe\u0301", "full width, and an accent apart"],
    ["co\u00ADop\u200B", "coop", "invisible characters"],
    ["ΟΔΟΣ", "οδος", "the sigma at a word's end"],
  ])("%s like %s: %s", (one, other) => {
    expect(folded(one)).toBe(folded(other));
  });

  it("and differ where letters differ", () => {
    expect(folded("resume")).not.toBe(folded("résumé"));
    expect(folded("its")).not.toBe(folded("it's"));
  });

  it("in a form that folds to itself, also when written in capitals", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        expect(folded(folded(text))).toBe(folded(text));
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(folded(text.toUpperCase())).toBe(folded(text));
      }),
    );
  });
});

describe("Texts are stored", () => {
  it("without control characters and half characters, which PostgreSQL refuses", () => {
    expect(storable("a\u0000b\uD800c😀")).toBe("a b\uFFFDc😀");
  });

  it("and cut between characters", () => {
    expect(firstCodePoints("a😀b", 2)).toBe("a😀");
    expect(firstCodePoints("abc", 3)).toBe("abc");
  });
});
