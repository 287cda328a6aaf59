import { describe, expect, it } from "vitest";
import { opaqueId } from "../../../core/ids.ts";
import type { SessionSnapshot } from "../../domain/session.ts";
import type { SavedSession } from "../liveStore.ts";
import { Game, TIME_LIMIT_MS } from "./game.ts";
import type { StoreHarness } from "./harness.ts";
import { savedSessions } from "./savedSessions.ts";

export function describeRestoring(use: () => StoreHarness): void {
  async function played() {
    const game = await Game.open(use());
    const [ana, bo, chi] = [await game.join("Ana"), await game.join("Bo"), await game.join("Chi")];
    await game.do({ kind: "start" });
    await use().advance(1000);
    await game.submit(ana, 1);
    await game.submit(bo, 1);
    await game.do({ kind: "remove", attemptId: bo });
    return { game, ana, bo, chi };
  }

  /** Under another id, because the store still has the session, and newer. */
  function moved(game: Game, saved: SavedSession) {
    const other = new Game(use(), { ...game.setup, id: opaqueId(), code: "777777" });
    const rename = <Thing extends object>(thing: Thing) => ({ ...thing, sessionId: other.id });
    const attempts = saved.attempts.map(rename);
    const answers = saved.answers.map(rename);
    return { game: other, saved: { ...saved, setup: other.setup, attempts, answers } };
  }

  describe("Restoring", () => {
    it("I5, I7: brings back the session at its version, with its standings, counts and attempts", async () => {
      const { game, ana, bo, chi } = await played();
      // How much is stored aside: what was read back is.
      const seen = (session: SessionSnapshot | null) => ({ ...session, storedVersion: null });
      const all = async () => ({
        session: seen(await game.session()),
        byCode: seen(await use().store.read({ code: game.setup.code })),
        standings: await game.standings(),
        attempts: [await game.attempt(ana), await game.attempt(bo), await game.attempt(chi)],
      });
      const before = await all();
      await use().reopen(0);
      expect(await all()).toEqual(before);
    });

    it("I1, I3: still knows what was answered, who is removed, and which nicknames are taken", async () => {
      const { game, ana, bo } = await played();
      const first = await game.submit(ana, 1);
      await use().reopen(0);
      expect(await game.submit(ana, 1)).toEqual(first);
      expect(await game.submit(ana, 1, { text: "other" })).toMatchObject({ kind: "already-answered" });
      expect(await game.submit(bo, 1)).toEqual({ kind: "removed" });
      expect(await game.tryJoin("CHI")).toMatchObject({ kind: "nickname-taken" });
      await game.join("bo");
    });

    it("keeps the deadline, which comes without anybody's doing", async () => {
      const { game } = await played();
      await use().reopen(0);
      await use().advance(TIME_LIMIT_MS - 1000 + 500);
      await use().store.closeDue();
      expect((await game.session()).phase.state).toBe("QUESTION_CLOSED");
    });

    it("gives back the time of a gap, as a change of its own", async () => {
      const { game, chi } = await played();
      const before = await game.session();
      await use().advance(45_000);
      await use().reopen(45_000);
      const after = await game.session();
      expect(after.version).toBe(before.version + 1);
      if (!("question" in before.phase)) throw new Error("No question is open");
      const { number, opensAt, closesAt } = before.phase.question;
      expect(after.phase).toEqual({
        state: "QUESTION_OPEN",
        question: { number, opensAt: opensAt + 45_000, closesAt: closesAt + 45_000 },
      });
      await use().store.closeDue();
      expect(await game.submit(chi, 1)).toMatchObject({ kind: "recorded", answer: { elapsedMs: 1000 } });
    });

    it("I5, I7: can move the version ahead, which the journal then carries, and keeps the order of equals", async () => {
      const { game, ana, chi } = await played();
      const [saved] = savedSessions(await use().entries());
      if (!saved) throw new Error("Nothing was saved");
      const other = moved(game, saved);
      await use().store.restore(other.saved, 0, { versionJump: 1_000_000 });
      const version = saved.version + 1_000_001;
      const session = await other.game.session();
      expect(session).toMatchObject({ version, phase: saved.phase });
      expect(session.storedVersion).toBeGreaterThanOrEqual(saved.version + 1_000_000);
      const entries = (await use().entries()).filter(({ sessionId }) => sessionId === other.game.id);
      expect(entries).toMatchObject([{ version, kind: "phase", phase: saved.phase }]);
      const before = await game.standings();
      expect((await other.game.standings()).entries).toEqual(before.entries);
      // The one who comes to the same score later stands behind.
      const { points } = (await game.attempt(ana)).answers[0] ?? {};
      const late = await other.game.submit(chi, 1);
      expect(late).toMatchObject({ answer: { points }, attempt: { record: { version: version + 1 } } });
      expect((await other.game.standings()).entries.map(({ attemptId }) => attemptId)).toEqual([ana, chi]);
      // As if another server came with the same: once is enough.
      await use().store.restore(other.saved, 0, { versionJump: 1_000_000 });
      expect((await other.game.session()).version).toBe(version + 1);
    });

    it("gives it back to each player of a self-paced session", async () => {
      const game = await Game.open(use(), { pacing: "SELF_PACED" });
      const [ana, bo] = [await game.join("Ana"), await game.join("Bo")];
      await game.do({ kind: "start" });
      await game.do({ kind: "hand-out", attemptId: ana });
      const { version } = await game.session();
      await use().advance(45_000);
      await use().reopen(45_000);
      expect((await game.session()).version).toBe(version + 1);
      expect((await game.attempt(ana)).record.facing).toMatchObject({ opensAt: use().now(), number: 1 });
      expect((await game.attempt(bo)).record.facing).toBeNull();
      await use().advance(TIME_LIMIT_MS + 500);
      await use().store.closeDue();
      expect((await game.attempt(ana)).record).toMatchObject({ facing: null, overCount: 1 });
    });

    it("closes a question that everyone had answered when the memory was lost", async () => {
      const game = await Game.open(use(), { closeWhenAllAnswered: true });
      const ana = await game.join("Ana");
      await game.do({ kind: "start" });
      await game.submit(ana, 1);
      const entries = (await use().entries()).slice(0, -1);
      const [saved] = savedSessions(entries);
      if (!saved) throw new Error("Nothing was saved");
      expect(saved.phase.state).toBe("QUESTION_OPEN");
      const other = moved(game, saved);
      await use().store.restore(other.saved, 60_000);
      expect(await other.game.session()).toMatchObject({
        version: saved.version + 1,
        phase: { state: "QUESTION_CLOSED" },
        answerCount: 1,
      });
    });

    it("leaves a session alone that the store has at the same or a newer version", async () => {
      const { game, chi } = await played();
      const [saved] = savedSessions(await use().entries());
      if (!saved) throw new Error("Nothing was saved");
      await use().store.restore(saved, 60_000);
      expect((await game.session()).version).toBe(saved.version);
      await game.submit(chi, 1);
      await use().store.restore(saved, 60_000);
      expect((await game.session()).version).toBe(saved.version + 1);
      expect((await game.attempt(chi)).answers).toHaveLength(1);
    });

    it("puts a finished session back by its id, and leaves its code to others", async () => {
      const game = await Game.open(use());
      await game.do({ kind: "finish" });
      await use().reopen(0);
      expect((await game.session()).phase.state).toBe("FINISHED");
      expect(await use().store.read({ code: game.setup.code })).toBeNull();
      await Game.open(use());
    });
  });
}
