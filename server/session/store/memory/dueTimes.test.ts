import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opaqueId } from "../../../core/ids.ts";
import { DueTimes } from "./dueTimes.ts";

const sessionId = opaqueId<"Session">();

describe("Due times", () => {
  it("come up in their order, whatever the order in which they were put in and taken out", () => {
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.nat(50) },
      { weight: 1, arbitrary: fc.constant("take" as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const times = new DueTimes();
        const plain: number[] = [];
        for (const at of steps) {
          if (at === "take") {
            expect(times.takeNext()?.at).toBe(plain.shift());
          } else {
            times.add({ kind: "abandoned", sessionId, at });
            plain.push(at);
            plain.sort((a, b) => a - b);
          }
          expect(times.next?.at).toBe(plain[0]);
        }
      }),
    );
  });
});
