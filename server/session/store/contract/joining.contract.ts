import { describe, expect, it } from "vitest";
import { opaqueId } from "../../../core/ids.ts";
import { Game, setupFor } from "./game.ts";
import type { StoreHarness } from "./harness.ts";

export function describeJoining(use: () => StoreHarness): void {
  describe("Opening a session", () => {
    it("makes a lobby that is found by its id and by its code", async () => {
      const game = await Game.open(use());
      const byCode = await use().store.read({ code: game.setup.code });
      expect(byCode).toMatchObject({
        setup: game.setup,
        version: 1,
        phase: { state: "LOBBY" },
        playerCount: 0,
      });
      expect(await game.session()).toEqual(byCode);
      expect(byCode?.now).toBe(use().now());
    });

    it("is refused while an unfinished session has the code, and may be repeated", async () => {
      const game = await Game.open(use());
      expect(await use().store.create(setupFor())).toBe("code-taken");
      expect(await use().store.create(game.setup)).toBe("created");
      expect((await game.session()).version).toBe(1);
    });

    it("may use the code of a finished one, which is still found by its id", async () => {
      const first = await Game.open(use());
      await first.do({ kind: "finish" });
      expect(await use().store.read({ code: first.setup.code })).toBeNull();
      const second = await Game.open(use());
      expect((await use().store.read({ code: first.setup.code }))?.setup.id).toBe(second.id);
      expect((await first.session()).phase.state).toBe("FINISHED");
    });

    it("does not make others appear", async () => {
      const id = opaqueId<"Session">();
      const { store } = use();
      expect(await store.read({ id })).toBeNull();
      expect(await store.read({ code: "000000" })).toBeNull();
      expect(await store.standings(id, 10)).toBeNull();
      expect(await store.attempt(id, opaqueId())).toBeNull();
      expect(await store.command(id, { kind: "start" })).toEqual({ kind: "not-found" });
      expect(await new Game(use(), setupFor()).tryJoin("Ana")).toEqual({ kind: "not-found" });
    });
  });

  describe("Joining", () => {
    it("gives a seat, a rank, and the session with the player in it", async () => {
      const game = await Game.open(use());
      const outcome = await game.tryJoin("Ana");
      expect(outcome).toMatchObject({
        kind: "joined",
        attempt: {
          rank: 1,
          status: "ACTIVE",
          answers: [],
          record: { nickname: "Ana", score: 0, version: 2, joinedAt: use().now() },
        },
        session: { playerCount: 1, version: 2 },
      });
    });

    it("may be repeated with the same attempt, and gives it back, even at the end", async () => {
      const game = await Game.open(use());
      const id = await game.join("Ana");
      await game.do({ kind: "finish" });
      expect(await game.tryJoin("Ana", id)).toMatchObject({
        kind: "joined",
        attempt: { record: { version: 2 }, status: "FINISHED" },
      });
      expect((await game.session()).playerCount).toBe(1);
    });

    it("lets the session be found by the attempt's id alone, and only where there was a seat", async () => {
      const game = await Game.open(use());
      const [ana, other] = [opaqueId<"Attempt">(), opaqueId<"Attempt">()];
      await game.tryJoin("Ana", ana);
      expect((await game.tryJoin("ana", other)).kind).toBe("nickname-taken");
      expect(await use().store.sessionOfAttempt(ana)).toBe(game.id);
      expect(await use().store.sessionOfAttempt(other)).toBeNull();
    });

    it("is refused to a nickname that only differs in case, with one that is free", async () => {
      const game = await Game.open(use());
      await game.join("Ana");
      await game.join("Ana 2");
      expect(await game.tryJoin("ANA")).toEqual({ kind: "nickname-taken", suggestion: "ANA 3" });
      await game.join("ana 3");
      expect(await game.tryJoin("ANA")).toEqual({ kind: "nickname-taken", suggestion: null });
    });

    it("is allowed while questions are asked, and refused at the end", async () => {
      const game = await Game.open(use());
      await game.do({ kind: "start" });
      await game.join("Late");
      await game.do({ kind: "finish" });
      expect(await game.tryJoin("Too late")).toEqual({ kind: "finished" });
    });
  });

  describe("Removing a player", () => {
    it("takes them out of the standings and the count, frees the nickname, and refuses their answers", async () => {
      const game = await Game.open(use());
      const [ana, bo] = [await game.join("Ana"), await game.join("Bo")];
      await game.do({ kind: "start" });
      await game.submit(ana, 1);
      await game.submit(bo, 1, { correct: false });
      const session = await game.do({ kind: "remove", attemptId: ana });
      expect(session).toMatchObject({
        playerCount: 1,
        answerCount: 1,
        correctCount: 0,
        tally: { "text:wrong": 1 },
      });
      expect((await game.standings()).entries.map(({ attemptId }) => attemptId)).toEqual([bo]);
      expect(await game.attempt(ana)).toMatchObject({ rank: 0, status: "REMOVED" });
      expect((await game.attempt(bo)).rank).toBe(1);
      expect(await game.submit(ana, 1)).toEqual({ kind: "removed" });
      expect(await game.submit(ana, 2)).toEqual({ kind: "removed" });
      await game.join("ana");
    });

    it("changes nothing the second time, and is not possible for nobody", async () => {
      const game = await Game.open(use());
      const ana = await game.join("Ana");
      await game.do({ kind: "remove", attemptId: ana });
      const { version } = await game.session();
      expect(await game.command({ kind: "remove", attemptId: ana })).toMatchObject({ kind: "unchanged" });
      expect((await game.session()).version).toBe(version);
      expect(await game.command({ kind: "remove", attemptId: opaqueId() })).toEqual({ kind: "not-found" });
    });

    it("is possible after the end, too", async () => {
      const game = await Game.open(use());
      const ana = await game.join("Ana");
      await game.do({ kind: "finish" });
      await game.do({ kind: "remove", attemptId: ana });
      expect(await game.standings()).toMatchObject({ playerCount: 0, entries: [] });
    });
  });
}
