import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  connectStore,
  createPool,
  expectStored,
  historyOf,
  knownSetup,
  openPlay,
  playToTheEnd,
  STREAMS,
  startJournalPostgres,
  startWorker,
  streamOf,
  waitingEntries,
} from "../../../tests/fixtures/journalPlay.ts";
import { type RedisProcess, startRedis } from "../../../tests/fixtures/redis.ts";
import type { SessionId } from "../../core/ids.ts";
import type { RedisConnection } from "../../session/store/redis/connectRedis.ts";
import { SHARDS, sessionKeys } from "../../session/store/redis/keys.ts";
import type { RedisStore } from "../../session/store/redis/redisStore.ts";

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

const stored = (lag: { entries: number }) => lag.entries === 0;
const waiting = () => waitingEntries(connection);
const untilStored = () => expect.poll(waiting, { timeout: 20_000 }).toBe(0);
const history = (id: SessionId) => historyOf(pool, id);
const expectWhole = (id: SessionId, answers: number) => expectStored({ pool, store }, id, answers);

const storedVersion = async (id: SessionId) =>
  Number(await connection.client.hget(sessionKeys(id, SHARDS).session, "storedVersion"));

describe("A worker", () => {
  it("I2, I4: brings everything to PostgreSQL, says so, and leaves nothing in the streams", async () => {
    const plays = [];
    for (let game = 0; game < 3; game++) plays.push(await playToTheEnd(store, await knownSetup(pool), 12));
    const { lag } = await worker();
    await expect.poll(async () => stored(await lag()), { timeout: 20_000 }).toBe(true);
    expect(await lag()).toEqual({ entries: 0, oldestMs: 0 });
    for (const { setup } of plays) {
      await expectWhole(setup.id, 24);
      expect(await storedVersion(setup.id)).toBe((await store.read({ id: setup.id }))?.version);
    }
  });

  it("I1: changes nothing by writing everything a second time", async () => {
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 5);
    const entries = (await Promise.all(STREAMS.map((stream) => connection.client.xrange(stream, "-", "+"))))
      .map((some, shard) => ({ stream: STREAMS[shard] ?? "", some }))
      .filter(({ some }) => some.length > 0);
    await worker();
    await untilStored();
    const before = await history(setup.id);
    for (const { stream, some } of entries)
      for (const [, fields] of some) await connection.client.xadd(stream, "*", ...fields);
    await untilStored();
    expect(await history(setup.id)).toEqual(before);
  });

  it("gives final scores and ranks, whatever comes after the end was written", async () => {
    const setup = await knownSetup(pool);
    const play = await openPlay(store, setup, 6);
    await store.command(setup.id, { kind: "start" });
    await play.answer(1, play.players.slice(0, 3));
    await play.answer(1, play.players.slice(3));
    await store.command(setup.id, { kind: "finish" });
    const stream = streamOf(setup.id);
    const entries = await connection.client.xrange(stream, "-", "+");
    // The last three answers come in batches of their own, behind the end.
    const late = entries.filter(([, [, text = ""]]) => text.includes('"kind":"answer"')).slice(3);
    await connection.client.xdel(stream, ...late.map(([id]) => id));
    await worker();
    await untilStored();
    const early = await history(setup.id);
    expect(early.session.state).toBe("FINISHED");
    expect(early.answers).toHaveLength(3);
    for (const [, fields] of late) {
      await connection.client.xadd(stream, "*", ...fields);
      await untilStored();
    }
    await expectWhole(setup.id, 6);
  });

  it("goes on by itself after Redis was emptied", async () => {
    await worker();
    await playToTheEnd(store, await knownSetup(pool), 2);
    await untilStored();
    await connection.client.flushall();
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 2);
    await untilStored();
    await expectWhole(setup.id, 4);
  });

  it("is at its work again after Redis was killed", async () => {
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 3);
    await worker();
    await redis.kill();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await redis.start();
    await expect.poll(() => waiting().catch(() => -1), { timeout: 15_000 }).toBe(0);
    await expectWhole(setup.id, 6);
  });

  it("works on while Redis takes nothing new because its memory is full", async () => {
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 3);
    await connection.client.config("SET", "maxmemory", "1");
    await worker();
    await untilStored();
    await connection.client.config("SET", "maxmemory", "0");
    await expectWhole(setup.id, 6);
  });

  it("asks seldom while nothing happens", async () => {
    await worker();
    const setup = await knownSetup(pool);
    await store.create(setup);
    await untilStored();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const calls = async () =>
      Number(/total_commands_processed:(\d+)/.exec(await connection.client.info("stats"))?.[1]);
    const before = await calls();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await calls()) - before).toBeLessThan(300);
  });

  it("can be made to lose what it acknowledged, for the checker that must find it", async () => {
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 2);
    const broken = createPool("postgresql://nobody@127.0.0.1:1/none");
    const first = await worker({ acknowledgeFirst: true, pool: broken } as WorkerChange);
    await untilStored();
    await first.stop();
    await worker();
    expect((await history(setup.id)).session).toBeUndefined();
    expect(await storedVersion(setup.id)).toBeGreaterThan(0);
    await broken.end();
  });
});
