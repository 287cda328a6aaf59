import { describe, expect, it } from "vitest";
import { Game, TIME_LIMIT_MS } from "./game.ts";
import type { StoreHarness } from "./harness.ts";

const DAY_MS = 86_400_000;

export function describeHostPaced(use: () => StoreHarness): void {
  describe("A host-paced session", () => {
    it("goes through its questions to the end", async () => {
      const game = await Game.open(use());
      const states = [await game.do({ kind: "start" })];
      for (const number of [1, 2, 3]) {
        states.push(await game.do({ kind: "close" }));
        states.push(await game.do({ kind: "next", after: game.questionId(number) }));
      }
      expect(
        states.map(({ phase }) =>
          "question" in phase ? `${phase.state} ${phase.question.number}` : phase.state,
        ),
      ).toEqual([
        "QUESTION_OPEN 1",
        "QUESTION_CLOSED 1",
        "QUESTION_OPEN 2",
        "QUESTION_CLOSED 2",
        "QUESTION_OPEN 3",
        "QUESTION_CLOSED 3",
        "FINISHED",
      ]);
      expect(states.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    });

    it("refuses what does not fit its state, and tells the state", async () => {
      const game = await Game.open(use());
      expect(await game.command({ kind: "next", after: null })).toEqual({ kind: "refused", state: "LOBBY" });
      await game.do({ kind: "start" });
      expect(await game.command({ kind: "start" })).toEqual({ kind: "refused", state: "QUESTION_OPEN" });
      const ana = await game.join("Ana");
      expect(await game.command({ kind: "hand-out", attemptId: ana })).toMatchObject({ kind: "refused" });
      await game.do({ kind: "finish" });
      expect(await game.command({ kind: "next", after: null })).toEqual({
        kind: "refused",
        state: "FINISHED",
      });
      expect(await game.command({ kind: "finish" })).toMatchObject({ kind: "unchanged" });
    });

    it("moves one step when the same next comes twice", async () => {
      const game = await Game.open(use());
      await game.do({ kind: "start" });
      const click = () => game.command({ kind: "next", after: game.questionId(1) });
      const [first, second] = await Promise.all([click(), click()]);
      expect([first?.kind, second?.kind]).toEqual(["done", "unchanged"]);
      expect(await game.session()).toMatchObject({ version: 3, phase: { question: { number: 2 } } });
    });

    it("closes its question by itself when deadline and forgiveness are over, once", async () => {
      const game = await Game.open(use());
      const openedAt = use().now();
      await game.do({ kind: "start" });
      const deadline = openedAt + TIME_LIMIT_MS;
      await use().advance(TIME_LIMIT_MS + 499);
      expect(await use().store.closeDue()).toBe(deadline + 500);
      expect((await game.session()).phase.state).toBe("QUESTION_OPEN");
      await use().advance(1);
      await Promise.all([use().store.closeDue(), use().store.closeDue(), use().store.closeDue()]);
      expect(await game.session()).toMatchObject({
        version: 3,
        phase: { state: "QUESTION_CLOSED", question: { number: 1, opensAt: openedAt, closesAt: deadline } },
      });
    });

    it("does not close a later question for the deadline of an earlier one", async () => {
      const game = await Game.open(use());
      await game.do({ kind: "start" });
      await use().advance(TIME_LIMIT_MS - 1);
      await game.do({ kind: "next", after: null });
      await use().advance(1000);
      await use().store.closeDue();
      expect((await game.session()).phase).toMatchObject({ state: "QUESTION_OPEN", question: { number: 2 } });
    });

    it("has nobody told before that a question is due that is not", async () => {
      const game = await Game.open(use());
      await game.do({ kind: "start" });
      await game.do({ kind: "close" });
      const next = await use().store.closeDue();
      expect(next).toBe(use().now() + DAY_MS);
    });
  });

  describe("Closing when everyone has answered", () => {
    const setup = { closeWhenAllAnswered: true };

    it("happens with the last answer, at once", async () => {
      const game = await Game.open(use(), setup);
      const [ana, bo] = [await game.join("Ana"), await game.join("Bo")];
      await game.do({ kind: "start" });
      await game.submit(ana, 1);
      await use().advance(3000);
      expect((await game.session()).phase.state).toBe("QUESTION_OPEN");
      expect(await game.submit(bo, 1, { correct: false })).toMatchObject({ kind: "recorded" });
      expect(await game.session()).toMatchObject({
        version: 7,
        answerCount: 2,
        phase: { state: "QUESTION_CLOSED", question: { closesAt: use().now() } },
      });
    });

    it("waits for a late player, and not for one who is removed", async () => {
      const game = await Game.open(use(), setup);
      const [ana, bo] = [await game.join("Ana"), await game.join("Bo")];
      await game.do({ kind: "start" });
      const late = await game.join("Late");
      await game.submit(ana, 1);
      await game.submit(bo, 1);
      expect((await game.session()).phase.state).toBe("QUESTION_OPEN");
      const session = await game.do({ kind: "remove", attemptId: late });
      expect(session.phase.state).toBe("QUESTION_CLOSED");
    });

    it("does not happen without a player", async () => {
      const game = await Game.open(use(), setup);
      const ana = await game.join("Ana");
      await game.do({ kind: "start" });
      await game.do({ kind: "remove", attemptId: ana });
      expect((await game.session()).phase.state).toBe("QUESTION_OPEN");
    });

    it("does not happen where the session does not ask for it", async () => {
      const game = await Game.open(use());
      const ana = await game.join("Ana");
      await game.do({ kind: "start" });
      await game.submit(ana, 1);
      expect((await game.session()).phase.state).toBe("QUESTION_OPEN");
    });
  });

  describe("A session that nobody touches", () => {
    it("is finished after a day, and forgotten an hour later", async () => {
      const game = await Game.open(use());
      await use().advance(DAY_MS - 1);
      await game.join("Ana");
      await use().advance(DAY_MS - 1);
      await use().store.closeDue();
      expect((await game.session()).phase.state).toBe("LOBBY");
      await use().advance(1);
      await use().store.closeDue();
      expect((await game.session()).phase).toEqual({ state: "FINISHED", finishedAt: use().now(), asked: 0 });
      expect(await use().store.read({ code: game.setup.code })).toBeNull();
      await use().advance(3_599_999);
      await use().store.closeDue();
      expect((await game.session()).phase.state).toBe("FINISHED");
      await use().advance(1);
      await use().store.closeDue();
      expect(await use().store.read({ id: game.id })).toBeNull();
    });
  });
}
