import { describe, expect, it } from "vitest";
import { type AttemptId, opaqueId } from "../../../core/ids.ts";
import { Game } from "./game.ts";
import type { StoreHarness } from "./harness.ts";

export function describeRanks(use: () => StoreHarness): void {
  async function answered() {
    const game = await Game.open(use());
    const players: AttemptId[] = [];
    for (const nickname of ["Ana", "Bo", "Chi", "Dee"]) players.push(await game.join(nickname));
    await game.do({ kind: "start" });
    const [ana, bo, chi, dee] = players as [AttemptId, AttemptId, AttemptId, AttemptId];
    await game.submit(chi, 1);
    await use().advance(5000);
    await game.submit(dee, 1);
    await game.submit(ana, 1);
    return { game, ana, bo, chi, dee };
  }

  describe("Ranks", () => {
    it("I7: are everyone's at one version, 1, 2, 2, 4, with the scores and the phase that belong to them", async () => {
      const { game, ana, bo, chi, dee } = await answered();
      const { version, phase } = await game.session();
      const ranks = await use().store.ranks(game.id);
      expect(ranks).toMatchObject({ version, phase, pacing: "HOST_PACED" });
      const of = new Map([
        [chi, { rank: 1, score: 1000 }],
        [dee, { rank: 2, score: 875 }],
        [ana, { rank: 2, score: 875 }],
        [bo, { rank: 4, score: 0 }],
      ]);
      expect(ranks?.of).toEqual(of);
    });

    it("are nobody's who was removed, and none where there is no session", async () => {
      const { game, bo, chi } = await answered();
      await game.do({ kind: "remove", attemptId: chi });
      const ranks = await use().store.ranks(game.id);
      expect(ranks?.of.has(chi)).toBe(false);
      expect(ranks?.of.get(bo)).toEqual({ rank: 3, score: 0 });
      expect(await use().store.ranks(opaqueId())).toBeNull();
      expect((await use().store.ranks((await Game.open(use(), { code: "222222" })).id))?.of).toEqual(
        new Map(),
      );
    });
  });

  describe("Several attempts", () => {
    it("are read as each of them is, at one version", async () => {
      const { game, ana, bo, chi } = await answered();
      await game.do({ kind: "remove", attemptId: bo });
      const reading = await use().store.attempts(game.id, [ana, opaqueId(), bo, chi]);
      expect(reading?.version).toBe((await game.session()).version);
      const each = await Promise.all([ana, bo, chi].map((id) => game.attempt(id)));
      expect(reading?.attempts.toSorted(byId)).toEqual(each.toSorted(byId));
      expect(await use().store.attempts(game.id, [])).toEqual({ version: reading?.version, attempts: [] });
      expect(await use().store.attempts(opaqueId(), [ana])).toBeNull();
    });
  });
}

const byId = (a: { record: { id: string } }, b: { record: { id: string } }) =>
  a.record.id < b.record.id ? -1 : 1;
