import fc from "fast-check";
import { describe, it } from "vitest";
import type { MakeStore } from "../harness.ts";
import { begin, beginning, steps } from "./steps.ts";

/**
 * Takes random steps with a store and with a plain model of the rules, and compares everything after each. A failure
 * prints the seed and the shortest steps that lead to it.
 */
export function describeAgainstModel(name: string, makeStore: MakeStore, runs: number): void {
  describe(`The ${name} live store, whatever happens in it`, () => {
    it("I1, I3, I4, I5, I6, I7: does what the model of the rules does", { timeout: 300_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(
          beginning,
          beginning,
          fc.commands(steps, { size: "max", maxCommands: 40 }),
          async (one, other, commands) => {
            const harness = await makeStore();
            try {
              const model = await begin(harness, [one, other]);
              await fc.asyncModelRun(() => ({ model, real: harness }), commands);
            } finally {
              await harness.stop();
            }
          },
        ),
        { numRuns: runs },
      );
    });
  });
}
