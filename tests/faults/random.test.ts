import { expect, test } from "vitest";
import { createRandom } from "./random.ts";

test("the same seed gives the same faults", () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () =>
      random.weighted([
        { weight: 3, value: "kill" },
        { weight: 1, value: "pause" },
      ]),
    );
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("what weighs nothing never comes, and what weighs more comes more often", () => {
  const random = createRandom(1);
  const drawn = Array.from({ length: 2000 }, () =>
    random.weighted([
      { weight: 0, value: "never" },
      { weight: 3, value: "often" },
      { weight: 1, value: "seldom" },
    ]),
  );
  const count = (value: string) => drawn.filter((other) => other === value).length;
  expect(count("never")).toBe(0);
  expect(count("often")).toBeGreaterThan(2 * count("seldom"));
});
