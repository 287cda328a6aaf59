import { describe, expect, it } from "vitest";
import { opaqueId } from "../../../core/ids.ts";
import { Game, TIME_LIMIT_MS } from "./game.ts";
import type { StoreHarness } from "./harness.ts";

export function describeSelfPaced(use: () => StoreHarness): void {
  async function running() {
    const game = await Game.open(use(), { pacing: "SELF_PACED" });
    const ana = await game.join("Ana");
    await game.do({ kind: "start" });
    return { game, ana };
  }

  describe("A self-paced session", () => {
    it("hands out a question when it is asked for, and its time begins then", async () => {
      const { game, ana } = await running();
      expect((await game.session()).phase).toEqual({ state: "RUNNING" });
      await use().advance(60_000);
      await game.do({ kind: "hand-out", attemptId: ana });
      const facing = { number: 1, opensAt: use().now(), closesAt: use().now() + TIME_LIMIT_MS };
      expect((await game.attempt(ana)).record.facing).toEqual(facing);
      await use().advance(1000);
      expect(await game.command({ kind: "hand-out", attemptId: ana })).toMatchObject({ kind: "unchanged" });
      expect((await game.attempt(ana)).record.facing).toEqual(facing);
    });

    it("hands out nothing before the start, after the end, or to nobody", async () => {
      const game = await Game.open(use(), { pacing: "SELF_PACED" });
      const ana = await game.join("Ana");
      const ask = () => game.command({ kind: "hand-out", attemptId: ana });
      expect(await ask()).toEqual({ kind: "refused", state: "LOBBY" });
      await game.do({ kind: "start" });
      expect(await game.command({ kind: "hand-out", attemptId: opaqueId() })).toEqual({ kind: "not-found" });
      await game.do({ kind: "finish" });
      expect(await ask()).toEqual({ kind: "refused", state: "FINISHED" });
    });

    it("hands out nothing to a removed player", async () => {
      const { game, ana } = await running();
      await game.do({ kind: "hand-out", attemptId: ana });
      await game.do({ kind: "remove", attemptId: ana });
      expect((await game.attempt(ana)).record.facing).toBeNull();
      expect(await game.command({ kind: "hand-out", attemptId: ana })).toMatchObject({ kind: "unchanged" });
    });

    it("takes an answer to the question that the player faces, and goes on with the next at once", async () => {
      const { game, ana } = await running();
      expect(await game.submit(ana, 1)).toEqual({ kind: "not-open" });
      await game.do({ kind: "hand-out", attemptId: ana });
      await use().advance(10_000);
      expect(await game.submit(ana, 2)).toEqual({ kind: "not-open" });
      expect(await game.submit(ana, 1)).toMatchObject({
        kind: "recorded",
        answer: { points: 750, elapsedMs: 10_000 },
        attempt: { record: { overCount: 1, facing: { number: 2, opensAt: use().now() } } },
      });
      expect(await game.submit(ana, 1)).toMatchObject({ kind: "repeated" });
      expect(await game.submit(ana, 1, { text: "other" })).toMatchObject({ kind: "already-answered" });
    });

    it("ends for a player after their last question, and for everyone when the host ends it", async () => {
      const { game, ana } = await running();
      const bo = await game.join("Bo");
      await game.do({ kind: "hand-out", attemptId: ana });
      for (const number of [1, 2, 3]) await game.submit(ana, number);
      expect(await game.attempt(ana)).toMatchObject({
        status: "FINISHED",
        finishedAt: use().now(),
        streak: 3,
        record: { facing: null, score: 3300, overCount: 3 },
      });
      expect(await game.command({ kind: "hand-out", attemptId: ana })).toMatchObject({ kind: "unchanged" });
      expect((await game.session()).phase.state).toBe("RUNNING");
      expect((await game.session()).playerCount).toBe(2);
      await use().advance(5);
      await game.do({ kind: "finish" });
      expect(await game.attempt(bo)).toMatchObject({ status: "FINISHED", finishedAt: use().now() });
      expect((await game.attempt(ana)).finishedAt).toBe(use().now() - 5);
    });

    it("counts a question as missed after deadline and forgiveness, once, and waits with the next", async () => {
      const { game, ana } = await running();
      await game.do({ kind: "hand-out", attemptId: ana });
      await game.submit(ana, 1);
      const { version } = await game.session();
      await use().advance(TIME_LIMIT_MS + 500);
      await Promise.all([use().store.closeDue(), use().store.closeDue()]);
      expect(await game.attempt(ana)).toMatchObject({
        status: "ACTIVE",
        streak: 0,
        record: { facing: null, overCount: 2, version: version + 1 },
      });
      expect(await game.submit(ana, 2)).toEqual({ kind: "not-open" });
      await use().advance(60_000);
      await game.do({ kind: "hand-out", attemptId: ana });
      expect((await game.attempt(ana)).record.facing?.number).toBe(3);
      await use().advance(TIME_LIMIT_MS + 500);
      await use().store.closeDue();
      expect(await game.attempt(ana)).toMatchObject({ status: "FINISHED", record: { overCount: 3 } });
    });

    it("I6: forgives 500 ms there, too, and hands out the next where nobody has claimed the miss yet", async () => {
      const { game, ana } = await running();
      await game.do({ kind: "hand-out", attemptId: ana });
      await use().advance(TIME_LIMIT_MS + 500);
      expect(await game.submit(ana, 1)).toMatchObject({
        kind: "recorded",
        answer: { elapsedMs: TIME_LIMIT_MS },
      });
      await use().advance(TIME_LIMIT_MS + 501);
      expect(await game.submit(ana, 2)).toEqual({ kind: "not-open" });
      await game.do({ kind: "hand-out", attemptId: ana });
      expect((await game.attempt(ana)).record).toMatchObject({ overCount: 2, facing: { number: 3 } });
    });

    it("refuses the steps of a host-paced one, and lasts 30 days untouched", async () => {
      const { game } = await running();
      for (const command of [{ kind: "next", after: null }, { kind: "close" }, { kind: "start" }] as const) {
        expect(await game.command(command)).toEqual({ kind: "refused", state: "RUNNING" });
      }
      await use().advance(30 * 86_400_000 - 1);
      await use().store.closeDue();
      expect((await game.session()).phase.state).toBe("RUNNING");
      await use().advance(1);
      await use().store.closeDue();
      expect((await game.session()).phase.state).toBe("FINISHED");
    });
  });
}
