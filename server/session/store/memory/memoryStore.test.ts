import { describe, expect, it } from "vitest";
import { opaqueId } from "../../../core/ids.ts";
import { Game, START, setupFor } from "../contract/game.ts";
import type { StoreHarness } from "../contract/harness.ts";
import { describeLiveStore } from "../contract/liveStore.contract.ts";
import type { JournalEntry } from "../journal.ts";
import { PLAYER_LIMIT } from "../keeping.ts";
import type { SessionEvent } from "../sessionEvent.ts";
import { makeMemoryStore } from "./memoryHarness.ts";
import { createMemoryStore } from "./memoryStore.ts";

describeLiveStore("memory", makeMemoryStore);

/** A store whose journal commits only when the test says so. */
function heldStore() {
  const waiting: {
    readonly entry: JournalEntry;
    readonly commit: () => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const events: SessionEvent[] = [];
  let publish = (event: SessionEvent) => {
    events.push(event);
  };
  const store = createMemoryStore({
    clock: { now: () => START },
    journal: {
      append: (entry) =>
        new Promise((commit, fail) => {
          waiting.push({ entry, commit, fail });
        }),
    },
    publish: (event) => publish(event),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    store,
    events,
    waiting,
    settle,
    listen: (listener: typeof publish) => {
      publish = listener;
    },
    async commitAll() {
      for (const { commit } of waiting.splice(0)) commit();
      await settle();
    },
  };
}

/** Whether the promise has come to an end by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  const turn = new Promise((resolve) => setImmediate(() => resolve(pending)));
  return (await Promise.race([promise, turn])) !== pending;
}

describe("I2: while the journal has not committed", () => {
  it("nothing is acknowledged, nothing is read, and nothing is announced", async () => {
    const { store, events, commitAll } = heldStore();
    const setup = setupFor();
    const created = store.create(setup);
    const waiting = [
      created,
      store.read({ id: setup.id }),
      store.read({ code: setup.code }),
      store.standings(setup.id, 10),
      store.attempt(setup.id, opaqueId()),
      store.command(setup.id, { kind: "next", after: null }),
      store.create(setup),
      store.create(setupFor()),
    ];
    for (const promise of waiting) expect(await isDone(promise)).toBe(false);
    expect(events).toEqual([]);
    await commitAll();
    for (const promise of waiting) expect(await isDone(promise)).toBe(true);
    expect(events.map(({ version }) => version)).toEqual([1]);
  });

  it("a session does not wait for what happens in another one", async () => {
    const { store, commitAll } = heldStore();
    const [one, other] = [setupFor(), setupFor({ code: "999999" })];
    const created = Promise.all([store.create(one), store.create(other)]);
    await commitAll();
    await created;
    const started = store.command(one.id, { kind: "start" });
    expect(await isDone(started)).toBe(false);
    expect(await isDone(store.read({ id: other.id }))).toBe(true);
  });

  it("what is told in the end is what was so when it was asked", async () => {
    const { store, commitAll } = heldStore();
    const setup = setupFor();
    const created = store.create(setup);
    const read = store.read({ id: setup.id });
    const started = store.command(setup.id, { kind: "start" });
    await commitAll();
    await created;
    expect(await read).toMatchObject({ version: 1, phase: { state: "LOBBY" } });
    expect(await started).toMatchObject({ session: { version: 2 } });
  });

  it("announcements keep the order of versions, even if commits come in another one", async () => {
    const { store, events, waiting, settle } = heldStore();
    const setup = setupFor();
    const all = [
      store.create(setup),
      store.command(setup.id, { kind: "start" }),
      store.command(setup.id, { kind: "close" }),
    ];
    waiting[2]?.commit();
    waiting[1]?.commit();
    await settle();
    expect(events).toEqual([]);
    waiting[0]?.commit();
    await Promise.all(all);
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it("an entry that cannot be kept makes everything that rests on it fail, and is never announced", async () => {
    const { store, events, waiting } = heldStore();
    const setup = setupFor();
    const created = store.create(setup);
    waiting[0]?.commit();
    await created;
    const started = store.command(setup.id, { kind: "start" });
    waiting[1]?.fail(new Error("no room"));
    await expect(started).rejects.toThrow("no room");
    await expect(store.read({ id: setup.id })).rejects.toThrow("no room");
    expect(events.map(({ version }) => version)).toEqual([1]);
  });

  it("a listener that throws costs neither the change nor the next announcement", async () => {
    const { store, events, listen, commitAll } = heldStore();
    listen(({ version }) => {
      if (version === 1) throw new Error("a listener's error, expected in this test");
      events.push({ version } as SessionEvent);
    });
    const setup = setupFor();
    const all = Promise.all([store.create(setup), store.command(setup.id, { kind: "start" })]);
    await commitAll();
    expect(await all).toMatchObject(["created", { kind: "done" }]);
    expect(events.map(({ version }) => version)).toEqual([2]);
  });
});

describe("A full session", () => {
  it("refuses one player over the limit, and lets play those who are in it", {
    timeout: 60_000,
  }, async () => {
    const harness: StoreHarness = await makeMemoryStore();
    const game = await Game.open(harness);
    const players = await Promise.all(
      Array.from({ length: PLAYER_LIMIT }, (_, index) => game.join(`P${index}`)),
    );
    expect(await game.tryJoin("One more")).toEqual({ kind: "full", limit: PLAYER_LIMIT });
    await game.do({ kind: "start" });
    const began = performance.now();
    await Promise.all(players.map((player, index) => game.submit(player, 1, { correct: index % 2 === 0 })));
    const perAnswer = (performance.now() - began) / PLAYER_LIMIT;
    expect((await game.session()).answerCount).toBe(PLAYER_LIMIT);
    expect((await game.standings()).entries[0]).toMatchObject({ rank: 1, score: 1000 });
    // Far above what it takes; a copy of the whole session for each answer would not fit under it.
    expect(perAnswer).toBeLessThan(1);
  });
});
