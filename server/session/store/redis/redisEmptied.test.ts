import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis, startRedisCluster } from "../../../../tests/fixtures/redis.ts";
import { type AttemptId, opaqueId } from "../../../core/ids.ts";
import { UnavailableError } from "../../../core/refusals.ts";
import { setupFor } from "../contract/game.ts";
import { savedSessions } from "../contract/savedSessions.ts";
import type { JournalEntry } from "../journal.ts";
import type { SavedSession, SubmitOutcome } from "../liveStore.ts";
import { connectRedis, type RedisConnection } from "./connectRedis.ts";
import { journalKeys, shardOf } from "./keys.ts";
import type { EmptyMoment } from "./pulse.ts";
import { emptied } from "./redisHarness.ts";
import { createRedisStore, type RedisStore } from "./redisStore.ts";

const SHARDS = 4;
const JUMP = 1_000_000;

interface World {
  readonly connections: readonly RedisConnection[];
  readonly stores: readonly RedisStore[];
  /** What PostgreSQL would have. */
  saved: readonly SavedSession[];
  readonly refills: { readonly shards: ReadonlySet<number>; readonly moment: EmptyMoment }[];
  /** While set, PostgreSQL cannot be read. */
  down: Error | null;
}

async function worldAt(url: string): Promise<World> {
  const connections = await Promise.all([1, 2].map(() => connectRedis(url, () => {})));
  const refills: World["refills"] = [];
  const stores = connections.map((connection, index) => {
    const store: RedisStore = createRedisStore({
      connection,
      shards: SHARDS,
      askIdleEveryMs: 0,
      async refill(shards, moment) {
        if (world.down) throw world.down;
        refills.push({ shards, moment });
        await sleep(20 * index);
        for (const saved of world.saved) {
          const { id, code } = saved.setup;
          if (shards.has(shardOf(id, SHARDS))) await store.restore(saved, 0, { versionJump: JUMP });
          else await store.restoreCode(id, code);
        }
      },
    });
    return store;
  });
  const world: World = { connections, stores, saved: [], refills, down: null };
  await emptied(world.connections[0]);
  for (const store of stores) await store.beat();
  refills.length = 0;
  return world;
}

async function entriesIn(world: World): Promise<JournalEntry[]> {
  const client = world.connections[0]?.client;
  const streams = await Promise.all(journalKeys(SHARDS).map((key) => client?.xrange(key, "-", "+") ?? []));
  return streams.flat().map(([, [, entry = "{}"]]) => JSON.parse(entry) as JournalEntry);
}

function storeOf(world: World, index = 0): RedisStore {
  const found = world.stores[index];
  if (!found) throw new RangeError("There are two stores");
  return found;
}

async function started(world: World, code: string, shard = 0) {
  const store = storeOf(world);
  let setup = setupFor({ code });
  while (shardOf(setup.id, SHARDS) !== shard) setup = setupFor({ code });
  await store.create(setup);
  const [ana, bo] = [opaqueId<"Attempt">(), opaqueId<"Attempt">()];
  for (const id of [ana, bo]) {
    await store.join(setup.id, { id, userId: null, nickname: id, nicknameKey: id, alternatives: [] });
  }
  await store.command(setup.id, { kind: "start" });
  const submit = (attemptId: AttemptId, at = store): Promise<SubmitOutcome> =>
    at.submit(setup.id, {
      ...{ attemptId, questionId: setup.questions[0]?.id ?? opaqueId<"Question">(), fingerprint: "x" },
      ...{ given: { choiceIds: [], text: "x" }, tallyKeys: ["x"], correct: true, share: { num: 1, den: 1 } },
    });
  return { setup, ana, bo, submit };
}

let redis: RedisProcess;
let world: World;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.remove());
beforeEach(async () => {
  world = await worldAt(redis.url);
});
afterEach(() => {
  for (const connection of world.connections) connection.close();
});

describe("A Redis that was emptied", () => {
  it("I1, I3, I5: goes on from what was saved, above every version that anybody has seen", async () => {
    const { setup, ana, bo, submit } = await started(world, "100001");
    const first = await submit(ana);
    world.saved = savedSessions(await entriesIn(world));
    const [saved] = world.saved;
    // Seen, and never stored.
    expect(await submit(bo)).toMatchObject({ kind: "recorded", attempt: { record: { version: 6 } } });
    await emptied(world.connections[0]);

    // Two servers find it at the same time, by whatever comes first.
    const [read, again] = await Promise.all([
      storeOf(world, 0).read({ code: setup.code }),
      submit(bo, storeOf(world, 1)),
    ]);
    expect(read?.version).toBeGreaterThan(saved?.version ?? 0);
    expect(again).toMatchObject({ kind: "recorded", attempt: { record: { version: JUMP + 7 } } });
    expect(await submit(ana)).toMatchObject({
      kind: "repeated",
      answer: first.kind === "recorded" && first.answer,
    });
    const session = await storeOf(world).read({ id: setup.id });
    expect(session).toMatchObject({ version: JUMP + 7, answerCount: 2, playerCount: 2 });
    // The jump is in the journal, so that the next loss goes on from there.
    const entries = await entriesIn(world);
    expect(entries.map(({ version, kind }) => [version, kind])).toEqual([
      [JUMP + 6, "phase"],
      [JUMP + 7, "answer"],
    ]);
    expect(session?.storedVersion).toBe(JUMP + 5);
    const [moment] = world.refills;
    expect(moment?.shards.size).toBe(SHARDS);
    expect(Math.abs((moment?.moment.lastBeatAt ?? 0) - (moment?.moment.now ?? 1))).toBeLessThan(60_000);
  });

  it("says of nothing that it is not there, before it has looked for what was saved", async () => {
    const { setup, ana } = await started(world, "100002");
    world.saved = savedSessions(await entriesIn(world));
    const { id, code } = setup;
    const { store } = { store: storeOf(world) };
    const questions: readonly (() => Promise<unknown>)[] = [
      () => store.read({ id }),
      () => store.read({ code }),
      () => store.standings(id, 10),
      () => store.attempt(id, ana),
      () => store.command(id, { kind: "next", after: null }),
    ];
    for (const ask of questions) {
      await emptied(world.connections[0]);
      const answer = await ask();
      expect(answer).not.toBeNull();
      expect(answer).not.toMatchObject({ kind: "not-found" });
    }
    await emptied(world.connections[0]);
    await store.closeDue();
    expect(await store.read({ id })).not.toBeNull();
  });

  it("waits where that cannot be read, and goes on when it can", async () => {
    const { setup, submit, ana } = await started(world, "100003");
    world.saved = savedSessions(await entriesIn(world));
    world.down = new Error("PostgreSQL is away");
    await emptied(world.connections[0]);
    const refused = await submit(ana).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UnavailableError);
    expect((refused as Error).cause).toBe(world.down);
    await expect(storeOf(world).read({ code: setup.code })).rejects.toBeInstanceOf(UnavailableError);
    await expect(storeOf(world).create(setupFor({ code: "100004" }))).rejects.toBeInstanceOf(
      UnavailableError,
    );
    world.down = null;
    expect(await submit(ana)).toMatchObject({ kind: "recorded" });
  });
});

describe("A cluster of which one part was emptied", () => {
  it("goes on with the sessions of the others, and with every code", { timeout: 60_000 }, async () => {
    const cluster = await startRedisCluster();
    try {
      const world = await worldAt(cluster.url);
      const games = await Promise.all(
        Array.from({ length: 12 }, (_, index) => started(world, String(500_000 + index), index % SHARDS)),
      );
      world.saved = savedSessions(await entriesIn(world));
      await emptied(world.connections[0], 1);
      await Promise.all(world.stores.map((store) => store.beat()));
      let jumped = 0;
      for (const { setup, ana, submit } of games) {
        const session = await storeOf(world).read({ code: setup.code });
        expect(session?.setup.id).toBe(setup.id);
        if ((session?.version ?? 0) > JUMP) jumped += 1;
        expect(await submit(ana)).toMatchObject({ kind: "recorded" });
      }
      expect(jumped).toBeGreaterThan(0);
      expect(jumped).toBeLessThan(games.length);
      for (const connection of world.connections) connection.close();
    } finally {
      await cluster.remove();
    }
  });
});
