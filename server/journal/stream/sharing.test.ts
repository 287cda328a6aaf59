import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  connectStore,
  createPool,
  expectStored,
  historyOf,
  knownSetup,
  playToTheEnd,
  STREAMS,
  startJournalPostgres,
  startWorker,
  streamOf,
  waitingEntries,
} from "../../../tests/fixtures/journalPlay.ts";
import { type RedisProcess, startRedis, startRedisCluster } from "../../../tests/fixtures/redis.ts";
import { opaqueId, type SessionId } from "../../core/ids.ts";
import type { RedisConnection } from "../../session/store/redis/connectRedis.ts";
import type { RedisStore } from "../../session/store/redis/redisStore.ts";
import { lagOf, leaseKey, ShardStream, settle } from "./shardStream.ts";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let pool: pg.Pool;
let store: RedisStore;
let connection: RedisConnection;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startJournalPostgres()]);
  pool = createPool(postgres.url);
  ({ connection, store } = await connectStore(redis.url));
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});
afterAll(async () => {
  connection?.close();
  await pool?.end();
  await Promise.all([redis?.remove(), postgres?.remove()]);
});

type WorkerChange = Omit<Parameters<typeof startWorker>[1], "pool">;

async function worker(change: WorkerChange = {}) {
  const started = await startWorker(redis.url, { pool, ...change });
  ends.push(() => started.end());
  return started;
}

/** How many shards each worker has. */
async function shares(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const owner of await connection.client.mget(STREAMS.map(leaseKey)))
    if (owner !== null) counts[owner] = (counts[owner] ?? 0) + 1;
  return counts;
}

const untilStored = () => expect.poll(() => waitingEntries(connection), { timeout: 20_000 }).toBe(0);

/** As a process that gets no time: its timers and its connection stand still, what it has begun is not taken back. */
function stall(started: Awaited<ReturnType<typeof worker>>) {
  started.connection.close();
}

describe("Workers", () => {
  it("share the shards evenly, take over from one that is gone, and give all of them back at the end", async () => {
    const first = await worker({ workerId: "one" });
    await expect.poll(shares, { timeout: 10_000 }).toEqual({ one: 32 });
    const second = await worker({ workerId: "two" });
    await expect.poll(shares, { timeout: 10_000 }).toEqual({ one: 16, two: 16 });
    await worker({ workerId: "three" });
    await expect
      .poll(async () => Object.values(await shares()).sort(), { timeout: 10_000 })
      .toEqual([10, 11, 11]);
    stall(second);
    await expect.poll(shares, { timeout: 10_000 }).toEqual({ one: 16, three: 16 });
    await first.stop();
    await expect.poll(shares, { timeout: 10_000 }).toEqual({ three: 32 });
    await Promise.all(ends.splice(0).map((end) => end()));
    expect(await shares()).toEqual({});
  });

  it("I1, I2: lose nothing and write nothing twice where one dies between its commit and its acknowledgement", async () => {
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 8);
    let committed = 0;
    const dying = await worker({
      markStored: () => {
        committed += 1;
        return new Promise(() => {});
      },
    });
    await expect.poll(() => committed, { timeout: 10_000 }).toBeGreaterThan(0);
    stall(dying);
    ends.splice(0);
    const before = await historyOf(pool, setup.id);
    expect(before.answers).toHaveLength(16);
    expect(await waitingEntries(connection)).toBeGreaterThan(16);
    await worker();
    await untilStored();
    expect(await historyOf(pool, setup.id)).toEqual(before);
    await expectStored({ pool, store }, setup.id, 16);
  });

  it("I1, I2: are not harmed by one that was held up in the middle, and comes back late", async () => {
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 8);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let waiting = false;
    const slow = createPool(postgres.url);
    const connect = slow.connect.bind(slow);
    // Held up with a batch in hand, before it writes.
    slow.connect = (async () => {
      waiting = true;
      await held;
      return connect();
    }) as typeof slow.connect;
    const late = await startWorker(redis.url, { pool: slow, workerId: "late", writeTimeoutMs: 60_000 });
    await expect.poll(() => waiting, { timeout: 10_000 }).toBe(true);
    late.connection.close();
    await worker();
    await untilStored();
    const before = await historyOf(pool, setup.id);
    goOn();
    await sleep(300);
    await late.end();
    await slow.end();
    expect(await historyOf(pool, setup.id)).toEqual(before);
    await expectStored({ pool, store }, setup.id, 16);
  });
});

describe("A shard's stream", () => {
  async function taken(workerId: string) {
    const stream = streamOf(opaqueId<"Session">() satisfies SessionId);
    await connection.client.del(stream);
    await connection.client.set(leaseKey(stream), workerId);
    for (let entry = 1; entry <= 5; entry++)
      await connection.client.xadd(stream, "*", "entry", String(entry));
    return { stream, shard: new ShardStream(connection.client, workerId, stream) };
  }
  const texts = async (shard: ShardStream, count: number) =>
    (await shard.read(count))?.map(({ text }) => text);

  it("gives nothing to a worker without the lease, and what was pending first to the next one", async () => {
    const { stream, shard } = await taken("one");
    expect(await texts(shard, 2)).toEqual(["1", "2"]);
    expect(await texts(shard, 1)).toEqual(["3"]);
    await connection.client.set(leaseKey(stream), "two");
    expect(await shard.read(10)).toBeNull();
    const next = new ShardStream(connection.client, "two", stream);
    expect(await texts(next, 10)).toEqual(["1", "2", "3"]);
    expect(await texts(next, 10)).toEqual(["4", "5"]);
    expect(await texts(next, 10)).toEqual([]);
  });

  it("loses nothing that is not acknowledged when it is trimmed", async () => {
    const { stream, shard } = await taken("one");
    const entries = (await shard.read(3)) ?? [];
    const left = async () => (await connection.client.xrange(stream, "-", "+")).map(([, [, text]]) => text);
    await settle(connection.client, entries.slice(1));
    expect(await left()).toEqual(["1", "2", "3", "4", "5"]);
    await settle(connection.client, entries.slice(0, 1));
    expect(await left()).toEqual(["4", "5"]);
    await settle(connection.client, entries);
    expect(await left()).toEqual(["4", "5"]);
    expect(await lagOf(connection.client, [stream])).toMatchObject({ entries: 2 });
    await settle(connection.client, (await shard.read(9)) ?? []);
    expect(await lagOf(connection.client, [stream])).toEqual({ entries: 0, oldestMs: 0 });
    await connection.client.del(stream, leaseKey(stream));
  });
});

describe("In a cluster", () => {
  it("workers do the same", async () => {
    const cluster = await startRedisCluster();
    const there = await connectStore(cluster.url);
    const workers = [await startWorker(cluster.url, { pool }), await startWorker(cluster.url, { pool })];
    try {
      const plays = [];
      for (let game = 0; game < 4; game++)
        plays.push(await playToTheEnd(there.store, await knownSetup(pool), 6));
      await expect.poll(() => waitingEntries(there.connection), { timeout: 20_000 }).toBe(0);
      for (const { setup } of plays) await expectStored({ pool, store: there.store }, setup.id, 12);
      expect(await workers[0]?.lag()).toEqual({ entries: 0, oldestMs: 0 });
    } finally {
      await Promise.all(workers.map((one) => one.end()));
      there.connection.close();
      await cluster.remove();
    }
  });
});
