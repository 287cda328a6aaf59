import { describe, expect, it } from "vitest";
import { type AttemptId, opaqueId } from "../../../core/ids.ts";
import { Game, TIME_LIMIT_MS } from "./game.ts";
import type { StoreHarness } from "./harness.ts";

export function describeAnswering(use: () => StoreHarness): void {
  async function started(nicknames: readonly string[] = ["Ana"]) {
    const game = await Game.open(use());
    const players: AttemptId[] = [];
    for (const nickname of nicknames) players.push(await game.join(nickname));
    await game.do({ kind: "start" });
    const [ana = opaqueId<"Attempt">(), bo = opaqueId<"Attempt">()] = players;
    return { game, ana, bo, players };
  }

  describe("Answering", () => {
    it("records the time, the points and the streak, and counts the answer", async () => {
      const { game, ana } = await started();
      await use().advance(10_000);
      expect(await game.submit(ana, 1)).toMatchObject({
        kind: "recorded",
        answer: {
          number: 1,
          questionId: game.questionId(1),
          correct: true,
          points: 750,
          elapsedMs: 10_000,
          answeredAt: use().now(),
          breakdown: { base: 1000, speed: 0.75, share: 1, streak: 1, streakBonus: 0 },
        },
        attempt: { rank: 1, streak: 1, record: { score: 750, answeredCount: 1, correctCount: 1 } },
      });
      expect(await game.session()).toMatchObject({
        answerCount: 1,
        correctCount: 1,
        tally: { "text:right": 1 },
      });
      await game.do({ kind: "next", after: null });
      expect(await game.session()).toMatchObject({ answerCount: 0, correctCount: 0, tally: {} });
    });

    it("adds a bonus for the second in a row, and loses it with an unanswered question", async () => {
      const { game, ana } = await started();
      await game.submit(ana, 1);
      await game.do({ kind: "next", after: null });
      expect(await game.submit(ana, 2)).toMatchObject({ answer: { points: 1100 }, attempt: { streak: 2 } });
      await game.do({ kind: "next", after: null });
      await game.do({ kind: "close" });
      expect(await game.attempt(ana)).toMatchObject({ streak: 0, record: { score: 2100 } });
    });

    it("I1, I3: gives the first result again for the same answer, and refuses another one", async () => {
      const { game, ana } = await started();
      const first = await game.submit(ana, 1);
      const { version } = await game.session();
      await use().advance(5000);
      const retry = await game.submit(ana, 1);
      if (first.kind !== "recorded" || retry.kind !== "repeated")
        throw new Error(`${first.kind} ${retry.kind}`);
      expect(retry.answer).toEqual(first.answer);
      expect(retry.attempt).toEqual(first.attempt);
      expect(await game.submit(ana, 1, { text: "other" })).toEqual({
        kind: "already-answered",
        answer: first.answer,
      });
      expect((await game.session()).version).toBe(version);
    });

    it("I3: gives it again after the question, and after the session, has ended", async () => {
      const { game, ana } = await started();
      const first = await game.submit(ana, 1);
      const answer = "answer" in first ? first.answer : null;
      for (const command of [{ kind: "close" }, { kind: "next", after: null }, { kind: "finish" }] as const) {
        await game.do(command);
        expect(await game.submit(ana, 1)).toMatchObject({ kind: "repeated", answer });
        expect(await game.submit(ana, 1, { correct: false })).toMatchObject({
          kind: "already-answered",
          answer,
        });
      }
    });

    it("I1: records one answer when many come at once", async () => {
      const { game, ana } = await started();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) => game.submit(ana, 1, { text: index % 2 ? "x" : "y" })),
      );
      expect(outcomes.filter(({ kind }) => kind === "recorded")).toHaveLength(1);
      expect((await game.session()).answerCount).toBe(1);
      expect((await game.attempt(ana)).record.answeredCount).toBe(1);
    });

    it("I6: is forgiven 500 ms, as the full time, and not one more", async () => {
      const { game, ana, bo } = await started(["Ana", "Bo"]);
      await use().advance(TIME_LIMIT_MS + 500);
      expect(await game.submit(ana, 1)).toMatchObject({
        kind: "recorded",
        answer: { elapsedMs: TIME_LIMIT_MS, points: 500 },
      });
      await use().advance(1);
      expect(await game.submit(bo, 1)).toEqual({ kind: "not-open" });
      expect(await game.submit(ana, 1)).toMatchObject({ kind: "repeated" });
    });

    it("is refused for a question that is not open yet, not any more, or not on screen", async () => {
      const game = await Game.open(use());
      const ana = await game.join("Ana");
      expect(await game.submit(ana, 1)).toEqual({ kind: "not-open" });
      await game.do({ kind: "start" });
      expect(await game.submit(ana, 2)).toEqual({ kind: "not-open" });
      await game.do({ kind: "close" });
      expect(await game.submit(ana, 1)).toEqual({ kind: "not-open" });
      await game.do({ kind: "finish" });
      expect(await game.submit(ana, 1)).toEqual({ kind: "not-open" });
    });

    it("is not possible for nobody, or to a question of another quiz", async () => {
      const { game, ana } = await started();
      expect(await game.submit(opaqueId(), 1)).toEqual({ kind: "not-found" });
      expect(await game.submitTo(ana, opaqueId())).toEqual({ kind: "not-found" });
      const elsewhere = await Game.open(use(), { code: "654321" });
      expect(await elsewhere.submit(ana, 1)).toEqual({ kind: "not-found" });
    });
  });

  describe("The standings", () => {
    it("I7: rank equal scores 1, 2, 2, 4, by who reached them first", async () => {
      const { game, players } = await started(["Ana", "Bo", "Chi", "Dee"]);
      const [ana, bo, chi, dee] = players as [AttemptId, AttemptId, AttemptId, AttemptId];
      await game.submit(chi, 1);
      await use().advance(5000);
      await game.submit(dee, 1);
      await game.submit(ana, 1);
      await game.submit(bo, 1, { correct: false });
      const { entries, playerCount } = await game.standings();
      expect(playerCount).toBe(4);
      const places = entries.map(({ rank, nickname, score }) => [rank, nickname, score]);
      expect(places).toEqual([
        [1, "Chi", 1000],
        [2, "Dee", 875],
        [2, "Ana", 875],
        [4, "Bo", 0],
      ]);
      expect((await use().store.standings(game.id, 2))?.entries).toEqual(entries.slice(0, 2));
      expect((await game.attempt(bo)).rank).toBe(4);
    });

    it("I4: show the sum of the points of the journal's answers", async () => {
      const { game, players } = await started(["Ana", "Bo", "Chi"]);
      for (const number of [1, 2, 3]) {
        for (const [place, player] of players.entries()) {
          await use().advance(1234);
          await game.submit(player, number, { correct: (place + number) % 3 > 0 });
        }
        await game.do({ kind: "next", after: null });
      }
      const sums = new Map<string, number>();
      for (const entry of await use().entries()) {
        if (entry.kind !== "answer") continue;
        const { attemptId, points } = entry.answer;
        sums.set(attemptId, (sums.get(attemptId) ?? 0) + points);
      }
      expect(sums.size).toBe(3);
      for (const { attemptId, score } of (await game.standings()).entries) {
        expect(score).toBe(sums.get(attemptId));
        expect((await game.attempt(attemptId)).record.score).toBe(score);
      }
    });
  });
}
