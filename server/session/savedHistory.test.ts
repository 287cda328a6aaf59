import { describe, expect, it } from "vitest";
import { opaqueId } from "../core/ids.ts";
import { UnavailableError } from "../core/refusals.ts";
import type { SessionSnapshot } from "./domain/session.ts";
import { createCaughtUp } from "./savedHistory.ts";
import { setupFor } from "./store/contract/game.ts";

const setup = setupFor();
const at = (version: number, storedVersion: number): SessionSnapshot => ({
  ...{ setup, version, storedVersion, phase: { state: "LOBBY" }, playerCount: 0 },
  ...{ answerCount: 0, correctCount: 0, tally: {}, now: 0 },
});

/** A store that tells one after the other, and the last for ever. */
function telling(...snapshots: readonly (SessionSnapshot | null | Error)[]) {
  let asked = 0;
  const read = async () => {
    const told = snapshots[Math.min(asked, snapshots.length - 1)] ?? null;
    asked += 1;
    if (told instanceof Error) throw told;
    return told;
  };
  return { caughtUp: createCaughtUp({ read }), asked: () => asked };
}

describe("The history of a session has caught up", () => {
  it("at once where everything is stored, or the live store does not have it", async () => {
    for (const snapshot of [at(5, 5), null]) {
      const { caughtUp, asked } = telling(snapshot);
      expect(await caughtUp(opaqueId(), 1000)).toBe(true);
      expect(asked()).toBe(1);
    }
  });

  it("as soon as it has what there was at the call, whatever comes after", async () => {
    const { caughtUp, asked } = telling(at(5, 2), at(6, 4), at(9, 5), at(20, 5));
    expect(await caughtUp(opaqueId(), 10_000)).toBe(true);
    expect(asked()).toBe(3);
  });

  it("or has not, after the time that was given, or where nobody can say", async () => {
    expect(await telling(at(5, 2)).caughtUp(opaqueId(), 50)).toBe(false);
    expect(await telling(new UnavailableError()).caughtUp(opaqueId(), 50)).toBe(false);
    await expect(telling(new TypeError("a bug")).caughtUp(opaqueId(), 50)).rejects.toThrow("a bug");
  });
});
