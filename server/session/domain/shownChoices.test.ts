import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ChoiceId } from "../../core/ids.ts";
import { shownChoices } from "./shownChoices.ts";

const choices = Array.from({ length: 6 }, (_, index) => ({
  id: randomUUID() as ChoiceId,
  text: `part ${index}`,
  correct: false,
}));
const order = { kind: "ORDER", choices } as const;
const texts = (seed: string) => shownChoices(order, seed).map(({ text }) => text);

describe("The choices that players see", () => {
  it("stand as authored, except in ORDER", () => {
    expect(shownChoices({ kind: "SINGLE_CHOICE", choices }, "seed")).toBe(choices);
  });

  it("are all the parts of ORDER, the same way for everyone in a session", () => {
    expect(texts("seed").toSorted()).toEqual(choices.map(({ text }) => text));
    expect(texts("seed")).toEqual(texts("seed"));
  });

  it("stand in ORDER by nothing but the session's seed: each part comes first about equally often", () => {
    const firsts = new Map<string, number>();
    for (let session = 0; session < 6000; session++) {
      const first = texts(`seed ${session}`)[0] ?? "";
      firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    expect(firsts.size).toBe(6);
    for (const count of firsts.values()) expect(Math.abs(count - 1000)).toBeLessThan(200);
  });
});
