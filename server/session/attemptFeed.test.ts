import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AttemptId } from "../core/ids.ts";
import type { AttemptSnapshot } from "./domain/session.ts";
import type { SessionNotice } from "./ports.ts";
import { createSessionFeed } from "./sessionFeed.ts";
import { type AnswerGiven, Game } from "./store/contract/game.ts";
import { createMemoryStore } from "./store/memory/memoryStore.ts";

/** Time stands still, for the feed and for the store, until a test lets it pass. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}

/** A game in memory, its feed, and a hand on what the feed hears and reads. */
async function fed() {
  const listeners = new Set<(notice: SessionNotice) => void>();
  const reads = { ranks: 0, attempts: [] as number[] };
  const troubles: { lost: boolean; ranks: unknown; hold: Promise<void> | null } = {
    ...{ lost: false, ranks: null, hold: null },
  };
  const tell = (notice: SessionNotice) => {
    if (!troubles.lost) for (const listener of listeners) listener(notice);
  };
  const store = createMemoryStore({
    clock: { now: () => performance.now() },
    journal: { append: async () => {} },
    publish: tell,
  });
  const feed = createSessionFeed(
    {
      subscribe(_id, listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    {
      byId: (id) => store.read({ id }),
      standings: (id, first) => store.standings(id, first),
      attempt: (id, attemptId) => store.attempt(id, attemptId),
      async attempts(id, ids) {
        reads.attempts.push(ids.length);
        const reading = await store.attempts(id, ids);
        await troubles.hold;
        return reading;
      },
      async ranks(id) {
        reads.ranks += 1;
        if (troubles.ranks) throw troubles.ranks;
        return store.ranks(id);
      },
    },
  );
  const nothing = async () => {};
  const harness = { store, now: () => performance.now(), advance: pass, stop: nothing, reopen: nothing };
  const game = await Game.open(
    { ...harness, entries: async () => [], events: async () => [] },
    { scoring: "ACCURACY" },
  );
  const followed: { stop(): Promise<void> }[] = [];

  /** What one is told, as [score, rank]. */
  async function follow(id: AttemptId) {
    const news = feed.followAttempt(game.id, id);
    const told: AttemptSnapshot[] = [];
    const errors: unknown[] = [];
    const over = (async () => {
      for await (const attempt of news) told.push(attempt);
    })().catch((error: unknown) => errors.push(error));
    const stop = async () => void (await Promise.all([news.return(), over]));
    followed.push({ stop });
    await settled();
    return { told, errors, stop, scores: () => told.map(({ record, rank }) => [record.score, rank]) };
  }
  return {
    ...{ game, store, feed, reads, troubles, tell, follow },
    /** Joins, and follows. */
    async seat(nickname: string) {
      const id = await game.join(nickname);
      return { id, ...(await follow(id)) };
    },
    answer: (id: AttemptId, given?: AnswerGiven) => game.submit(id, 1, given).then(settled),
    async end() {
      for (const { stop } of followed) await stop();
      expect([feed.watched, feed.watchers, listeners.size]).toEqual([0, 0, 0]);
    },
  };
}

/** Three who have joined and are asked, when all of that has been told. */
async function playing() {
  const table = await fed();
  const [ana, bo, chi] = [await table.seat("Ana"), await table.seat("Bo"), await table.seat("Chi")];
  await table.game.do({ kind: "start" });
  await pass(2000);
  for (const { told } of [ana, bo, chi]) told.length = 0;
  Object.assign(table.reads, { ranks: 0, attempts: [] });
  return { ...table, ana, bo, chi };
}

test("one's own change is told at once, or with the next push, without waiting for the second of the ranks", async () => {
  const { ana, bo, answer, reads, end } = await playing();
  await answer(bo.id);
  expect(bo.told).toMatchObject([{ rank: 1, record: { answeredCount: 1 } }]);
  await answer(ana.id, { correct: false });
  expect(ana.told).toMatchObject([{ rank: 2, record: { answeredCount: 0 } }]);
  await pass(250);
  expect(ana.told.at(-1)).toMatchObject({ rank: 2, record: { answeredCount: 1 } });
  expect(reads.ranks).toBe(1);
  await end();
});

test("ranks are read once for all: the first change at once, then once a second, the last one always", async () => {
  const { ana, bo, chi, game, answer, reads, end } = await playing();
  const late: AttemptId[] = [];
  for (let index = 0; index < 25; index++) late.push(await game.join(`P${index}`));
  await pass(2000);
  reads.ranks = 0;
  for (const id of late) {
    await answer(id);
    await pass(100);
  }
  expect(reads.ranks).toBe(3);
  await pass(1000);
  expect(reads.ranks).toBe(4);
  for (const { scores } of [ana, bo, chi]) expect(scores().map(([, rank]) => rank)).toEqual([2, 11, 21, 26]);
  // Nobody who follows has changed, and so nobody was read.
  expect(reads.attempts).toEqual([]);
  await pass(5000);
  expect(reads.ranks).toBe(4);
  await end();
});

test("a change of rank is told to those whose rank it changes, and to no others", async () => {
  const { ana, bo, chi, answer, end } = await playing();
  await answer(ana.id);
  await pass(2000);
  await pass(5000);
  for (const { told } of [ana, bo, chi]) told.length = 0;
  await answer(bo.id);
  await pass(2000);
  expect(ana.told).toEqual([]);
  expect(bo.told).toHaveLength(1);
  expect(chi.told).toMatchObject([{ rank: 3 }]);
  await answer(chi.id, { correct: false });
  await pass(2000);
  expect([ana.told.length, bo.told.length, chi.told.length]).toEqual([0, 1, 2]);
  await end();
});

test("changes of many players are read together, and who answers soon after is told once for both", async () => {
  const { ana, bo, chi, game, reads, end } = await playing();
  await Promise.all([ana, bo, chi].map(({ id }) => game.submit(id, 1)));
  await pass(250);
  expect(reads.attempts.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(reads.attempts.length).toBeLessThanOrEqual(2);
  for (const { told } of [ana, bo, chi])
    expect(told.at(-1)).toMatchObject({ rank: 1, record: { score: 1000 } });
  await end();
});

test("a question that closes and a session that ends are told at once, with one read for all", async () => {
  const { ana, bo, chi, game, answer, reads, end } = await playing();
  await answer(ana.id);
  await pass(2000);
  await game.do({ kind: "next", after: null });
  await game.submit(bo.id, 2);
  await settled();
  const before = reads.ranks;
  await game.do({ kind: "close" });
  await settled();
  // Her answer to the first was right; the second, which she did not answer, is over.
  expect(ana.told.at(-1)).toMatchObject({ streak: 0, rank: 1 });
  expect(reads.ranks).toBe(before + 1);
  await game.do({ kind: "finish" });
  await settled();
  expect(reads.ranks).toBe(before + 2);
  for (const [index, { told, id }] of [ana, bo, chi].entries()) {
    expect(told.at(-1)).toMatchObject({ status: "FINISHED", rank: [1, 1, 3][index] });
    expect(told.at(-1)).toEqual(await game.attempt(id));
  }
  await end();
});

test("a removed player is told so, and the others their ranks", async () => {
  const { ana, bo, game, answer, end } = await playing();
  await answer(ana.id);
  await game.do({ kind: "remove", attemptId: ana.id });
  await pass(1000);
  expect(ana.told.at(-1)).toMatchObject({ status: "REMOVED", rank: 0 });
  expect(bo.told.at(-1)).toMatchObject({ rank: 1 });
  await end();
});

test("I5: where announcements were lost, everyone is told the newest state", async () => {
  const { ana, bo, chi, game, answer, troubles, tell, end } = await playing();
  troubles.lost = true;
  await answer(ana.id, { correct: false });
  await answer(bo.id);
  troubles.lost = false;
  tell({ kind: "missed", sessionId: game.id, version: (await game.session()).version });
  await pass(250);
  for (const { told, id } of [ana, bo, chi]) expect(told.at(-1)).toEqual(await game.attempt(id));
  await end();
});

test("I5: a reading that was overtaken by a newer one is not told", async () => {
  const { game, bo, answer, follow, troubles, end } = await playing();
  let letGo = () => {};
  troubles.hold = new Promise((resolve) => {
    letGo = resolve;
  });
  const again = await follow(bo.id);
  troubles.hold = null;
  await answer(bo.id);
  expect(bo.scores()).toEqual([[1000, 1]]);
  letGo();
  await pass(2000);
  expect(again.scores()).toEqual([[1000, 1]]);
  expect(again.told.at(-1)).toEqual(await game.attempt(bo.id));
  await end();
});

test("I5: who comes while ranks are told, and is given an older one, is told the newest within a second", async () => {
  const { game, bo, chi, answer, follow, troubles, end } = await playing();
  await chi.stop();
  let letGo = () => {};
  troubles.hold = new Promise((resolve) => {
    letGo = resolve;
  });
  const late = await follow(chi.id);
  troubles.hold = null;
  await answer(bo.id);
  await pass(1000);
  letGo();
  await settled();
  expect(late.scores()).toEqual([[0, 1]]);
  await pass(1000);
  expect(late.scores()).toEqual([
    [0, 1],
    [0, 2],
  ]);
  expect(late.told.at(-1)).toEqual(await game.attempt(chi.id));
  await end();
});

test("nothing is read of a session of which nobody follows an attempt, and nothing after the last has left", async () => {
  const { ana, bo, chi, game, feed, answer, reads, end } = await playing();
  const watch = feed.watch(game.id, ["state"]);
  await watch.next();
  for (const { stop } of [ana, bo]) await stop();
  await answer(chi.id);
  await answer(ana.id);
  await chi.stop();
  const before = structuredClone(reads);
  await pass(2000);
  await game.do({ kind: "finish" });
  await pass(2000);
  expect(reads).toEqual(before);
  await watch.return();
  await end();
});

test("a fault ends what is followed, and leaves nothing behind", async () => {
  const { ana, bo, answer, troubles, feed } = await playing();
  troubles.ranks = new TypeError("A fault");
  await answer(ana.id);
  for (const { errors } of [ana, bo]) expect(errors).toEqual([troubles.ranks]);
  expect([feed.watched, feed.watchers]).toEqual([0, 0]);
});

test("who follows several times, and who stops while it is told, costs the others nothing", async () => {
  const { ana, follow, answer, end } = await playing();
  const [second, third] = [await follow(ana.id), await follow(ana.id)];
  await second.stop();
  const stopping = third.stop();
  await answer(ana.id);
  await stopping;
  expect(ana.scores()).toEqual([[1000, 1]]);
  expect([second.scores(), third.scores()]).toEqual([[[0, 1]], [[0, 1]]]);
  await end();
});
