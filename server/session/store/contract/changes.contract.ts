import { describe, expect, it } from "vitest";
import type { AttemptId } from "../../../core/ids.ts";
import { Game } from "./game.ts";
import type { StoreHarness } from "./harness.ts";

export function describeChanges(use: () => StoreHarness): void {
  /** Changes of every kind, two sessions mixed. */
  async function play(): Promise<readonly [Game, Game]> {
    const hosted = await Game.open(use(), { closeWhenAllAnswered: true });
    const own = await Game.open(use(), { code: "222222", pacing: "SELF_PACED" });
    const [ana, bo] = [await hosted.join("Ana"), await hosted.join("Bo")];
    const chi = await own.join("Chi");
    await Promise.all([hosted.do({ kind: "start" }), own.do({ kind: "start" })]);
    await own.do({ kind: "hand-out", attemptId: chi });
    await Promise.all([hosted.submit(ana, 1), own.submit(chi, 1), hosted.submit(bo, 1)]);
    await hosted.submit(ana, 1);
    await use().advance(60_000);
    await use().store.closeDue();
    await hosted.do({ kind: "remove", attemptId: bo });
    await hosted.do({ kind: "finish" });
    return [hosted, own];
  }

  describe("Every change", () => {
    it("I5: makes the next version, is in the journal once, and carries the records as they are", async () => {
      const games = await play();
      for (const game of games) {
        const entries = (await use().entries()).filter(({ sessionId }) => sessionId === game.id);
        const session = await game.session();
        expect(entries.map(({ version }) => version)).toEqual(
          Array.from({ length: session.version }, (_, index) => index + 1),
        );
        expect(entries.findLast(({ kind }) => kind === "phase")).toMatchObject({ phase: session.phase });
        const attempts = entries.flatMap((entry) => ("attempt" in entry ? [entry] : []));
        for (const { attempt, version } of attempts) expect(attempt.version).toBe(version);
        for (const id of new Set(attempts.map(({ attempt }) => attempt.id))) {
          const last = attempts.findLast(({ attempt }) => attempt.id === id);
          expect((await game.attempt(id)).record).toEqual(last?.attempt);
        }
      }
    });

    it("is announced once, in order, as what it is", async () => {
      const [hosted, own] = await play();
      const kindsOf = async (game: Game) => {
        const events = (await use().events()).filter(({ sessionId }) => sessionId === game.id);
        expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
        return events.map(({ kind }) => kind);
      };
      expect(await kindsOf(hosted)).toEqual([
        "state", // opened
        "standings", // Ana
        "standings", // Bo
        "state", // started
        "standings", // Ana's answer
        "standings", // Bo's answer
        "state", // closed, all have answered
        "standings", // Bo removed
        "state", // finished
      ]);
      expect(await kindsOf(own)).toEqual([
        "state", // opened
        "standings", // Chi
        "state", // started
        "attempt", // handed out
        "standings", // answer
        "attempt", // missed
      ]);
    });

    it("is announced with the attempt that it changed", async () => {
      const game = await Game.open(use());
      const ana: AttemptId = await game.join("Ana");
      await game.do({ kind: "start" });
      const events = await use().events();
      expect(events.map(({ attemptId }) => attemptId)).toEqual([null, ana, null]);
    });

    it("does not change what was told before", async () => {
      const game = await Game.open(use());
      const ana = await game.join("Ana");
      await game.do({ kind: "start" });
      const [session, attempt, standings] = [
        await game.session(),
        await game.attempt(ana),
        await game.standings(),
      ];
      const told = structuredClone({ session, attempt, standings });
      await game.submit(ana, 1);
      await game.do({ kind: "finish" });
      expect({ session, attempt, standings }).toEqual(told);
    });
  });
}
