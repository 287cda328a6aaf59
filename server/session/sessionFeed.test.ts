import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { opaqueId } from "../core/ids.ts";
import { UnavailableError } from "../core/refusals.ts";
import type { SessionSnapshot } from "./domain/session.ts";
import type { SessionNotice } from "./ports.ts";
import { createSessionFeed } from "./sessionFeed.ts";
import type { ChangeKind } from "./sessionRoom.ts";
import type { FeedReader } from "./sessionView.ts";
import { setupFor } from "./store/contract/game.ts";

const setup = setupFor();
const sessionId = setup.id;

/** A feed whose notices the test gives, and the session that it reads. */
function fed() {
  const listeners = new Set<(notice: SessionNotice) => void>();
  const counts = { pushes: 0, told: 0, gaps: 0 };
  const store = { version: 1, away: false, reads: 0 };
  const snapshot = (): SessionSnapshot => ({
    ...{
      setup,
      version: store.version,
      storedVersion: store.version,
      phase: { state: "LOBBY" },
      playerCount: 0,
    },
    ...{ answerCount: 0, correctCount: 0, tally: {}, now: 0 },
  });
  const reader: FeedReader = {
    async byId() {
      store.reads += 1;
      if (store.away) throw new UnavailableError();
      return snapshot();
    },
    standings: async () => null,
    attempt: async () => null,
    attempts: async () => null,
    ranks: async () => null,
  };
  const feed = createSessionFeed(
    {
      subscribe(_id, listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    reader,
    {
      pushed(watchers) {
        counts.pushes += 1;
        counts.told += watchers;
      },
      eventGap: () => {
        counts.gaps += 1;
      },
    },
  );
  const tell = (notice: SessionNotice) => {
    store.version = Math.max(store.version, notice.version);
    for (const listener of listeners) listener(notice);
  };
  return {
    ...{ feed, counts, store, listeners },
    change: (kind: ChangeKind, version: number) => tell({ sessionId, version, kind, attemptId: null }),
    missed: (version: number) => tell({ kind: "missed", sessionId, version }),
    /** Watches, past the first view; `shown` are the versions of those that follow. */
    async watch(...kinds: ChangeKind[]) {
      const views = feed.watch(sessionId, kinds);
      await views.next();
      const shown: number[] = [];
      const over = (async () => {
        for await (const view of views) shown.push((await view.session())?.version ?? 0);
      })().catch(() => {});
      return { shown, stop: async () => void (await Promise.all([views.return(), over])) };
    },
  };
}

const settled = () => sleep(350);

test("viewers are told of changes of the kinds that they watch", async () => {
  const { change, watch, feed, counts } = fed();
  const [states, boards] = [await watch("state"), await watch("standings")];
  expect([feed.watched, feed.watchers]).toEqual([1, 2]);
  change("standings", 2);
  await settled();
  change("state", 3);
  await settled();
  expect([states.shown, boards.shown]).toEqual([[3], [2]]);
  expect(counts).toEqual({ pushes: 2, told: 2, gaps: 0 });
  await Promise.all([states.stop(), boards.stop()]);
  expect([feed.watched, feed.watchers]).toEqual([0, 0]);
});

test("I5: a version that was skipped may have been a change of any kind, so everyone is told", async () => {
  const { change, watch, counts } = fed();
  const states = await watch("state");
  change("standings", 2);
  await settled();
  expect(states.shown).toEqual([]);
  change("standings", 4);
  await settled();
  expect(states.shown).toEqual([4]);
  expect(counts.gaps).toBe(1);
  await states.stop();
});

test("I5: events that are doubled, late, or overtaken by a notice tell nothing", async () => {
  const { change, missed, watch } = fed();
  const boards = await watch("standings", "state");
  change("standings", 5);
  await settled();
  change("standings", 5);
  change("state", 4);
  await settled();
  missed(8);
  await settled();
  missed(8);
  change("state", 7);
  await settled();
  expect(boards.shown).toEqual([5, 8]);
  change("standings", 9);
  await settled();
  expect(boards.shown).toEqual([5, 8, 9]);
  await boards.stop();
});

test("many changes at once are few pushes, a change of state is told at once, and the last one always", async () => {
  const { change, watch, counts } = fed();
  const boards = await watch("standings", "state");
  for (let version = 2; version <= 50; version++) {
    change("standings", version);
    await sleep(10);
  }
  await settled();
  expect(boards.shown.at(-1)).toBe(50);
  expect(counts.pushes).toBeLessThanOrEqual(8);
  const before = counts.pushes;
  change("standings", 51);
  change("state", 52);
  change("state", 53);
  expect(counts.pushes).toBeGreaterThanOrEqual(before + 2);
  await settled();
  expect(boards.shown.at(-1)).toBe(53);
  await boards.stop();
});

test("a store that is away delays those who watch, and does not throw them out", async () => {
  const { change, watch, store, feed } = fed();
  const boards = await watch("standings");
  store.away = true;
  change("standings", 2);
  await sleep(700);
  expect(boards.shown).toEqual([]);
  store.away = false;
  await expect.poll(() => boards.shown).toEqual([2]);
  // Whoever comes while it is away is told so, and one who leaves then leaves nothing behind.
  store.away = true;
  const newcomer = feed.watch(sessionId, ["standings"]);
  const first = await newcomer.next();
  await expect(first.value?.session()).rejects.toBeInstanceOf(UnavailableError);
  await newcomer.return();
  change("standings", 3);
  await sleep(100);
  await boards.stop();
  const { reads } = store;
  await sleep(700);
  expect(store.reads).toBe(reads);
  expect(feed.watched).toBe(0);
});

test("a viewer of another session is not told", async () => {
  const { feed, listeners } = fed();
  const views = feed.watch(opaqueId<"Session">(), ["state"]);
  expect(listeners.size).toBe(1);
  await views.return();
  expect(listeners.size).toBe(0);
});
