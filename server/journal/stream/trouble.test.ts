import type pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  connectStore,
  createPool,
  expectStored,
  knownSetup,
  openPlay,
  playToTheEnd,
  startJournalPostgres,
  startWorker,
  streamOf,
  waitingEntries,
} from "../../../tests/fixtures/journalPlay.ts";
import { type RedisProcess, startRedis } from "../../../tests/fixtures/redis.ts";
import { startTroubledProxy, type TroubledProxy } from "../../../tests/fixtures/troubledProxy.ts";
import type { SessionId } from "../../core/ids.ts";
import type { RedisConnection } from "../../session/store/redis/connectRedis.ts";
import type { RedisStore } from "../../session/store/redis/redisStore.ts";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let proxy: TroubledProxy;
/** The worker's, through the proxy; and the test's own. */
let through: pg.Pool;
let pool: pg.Pool;
let store: RedisStore;
let connection: RedisConnection;
const ends: (() => Promise<unknown>)[] = [];
const counted = { written: 0, failed: 0, dead: 0 };

beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startJournalPostgres()]);
  proxy = await startTroubledProxy(postgres.port);
  through = createPool(postgres.url.replace(String(postgres.port), String(proxy.port)));
  pool = createPool(postgres.url);
  ({ connection, store } = await connectStore(redis.url));
});
afterEach(async () => {
  proxy.heal();
  await Promise.all(ends.splice(0).map((end) => end()));
});
afterAll(async () => {
  connection?.close();
  await Promise.all([pool?.end(), through?.end()]);
  await proxy?.stop();
  await Promise.all([redis?.remove(), postgres?.remove()]);
});

async function worker() {
  Object.assign(counted, { written: 0, failed: 0, dead: 0 });
  const observer = {
    batchWritten: (entries: number) => {
      counted.written += entries;
    },
    batchFailed: () => {
      counted.failed += 1;
    },
    deadLettered: (entries: number) => {
      counted.dead += entries;
    },
  };
  const started = await startWorker(redis.url, { pool: through, observer, writeTimeoutMs: 700 });
  ends.push(() => started.end());
  return started;
}

const untilStored = () => expect.poll(() => waitingEntries(connection), { timeout: 20_000 }).toBe(0);
const whole = (id: SessionId, answers: number) => expectStored({ pool, store }, id, answers);
const letters = async (stream: string) =>
  (await pool.query("SELECT * FROM dead_letter WHERE stream = $1 ORDER BY entry_id", [stream])).rows;

describe("PostgreSQL", () => {
  it("I2: may go away in the middle, and gets everything when it is back", async () => {
    await worker();
    const { setup } = await playToTheEnd(store, await knownSetup(pool), 4);
    await untilStored();
    const next = await knownSetup(pool);
    await postgres.stop();
    const play = await openPlay(store, next, 10);
    await store.command(next.id, { kind: "start" });
    await play.answer(1);
    await store.command(next.id, { kind: "finish" });
    await expect.poll(() => counted.failed, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await waitingEntries(connection)).toBeGreaterThanOrEqual(23);
    await postgres.start();
    await untilStored();
    await whole(next.id, 10);
    await whole(setup.id, 8);
    expect(counted.dead).toBe(0);
  });

  it("I2: may hang without a word, and the worker neither hangs with it nor gives up", async () => {
    await worker();
    const setup = await knownSetup(pool);
    const play = await openPlay(store, setup, 10);
    await untilStored();
    proxy.hang();
    await store.command(setup.id, { kind: "start" });
    await play.answer(1);
    await expect.poll(() => counted.failed, { timeout: 10_000 }).toBeGreaterThan(1);
    proxy.heal();
    await store.command(setup.id, { kind: "finish" });
    await untilStored();
    await whole(setup.id, 10);
  });

  it("that one worker cannot reach is another worker's to write to", async () => {
    await worker();
    const setup = await knownSetup(pool);
    await openPlay(store, setup, 2);
    await untilStored();
    proxy.cut();
    const other = await startWorker(redis.url, { pool });
    ends.push(() => other.end());
    await store.command(setup.id, { kind: "finish" });
    for (let game = 0; game < 8; game++) await openPlay(store, await knownSetup(pool), 2);
    await untilStored();
    await whole(setup.id, 0);
  });

  it("that hangs does not keep a worker from stopping, nor from another's taking its entries", async () => {
    const first = await worker();
    const setup = await knownSetup(pool);
    proxy.hang();
    await openPlay(store, setup, 2);
    await expect.poll(() => counted.failed, { timeout: 10_000 }).toBeGreaterThan(0);
    await first.stop();
    proxy.heal();
    await worker();
    await untilStored();
    await whole(setup.id, 0);
  });

  it("that breaks a connection in use ends nothing", async () => {
    await worker();
    const setup = await knownSetup(pool);
    const play = await openPlay(store, setup, 30);
    await store.command(setup.id, { kind: "start" });
    const answering = play.answer(1);
    for (let times = 0; times < 10; times++) {
      await pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await answering;
    await untilStored();
    await whole(setup.id, 30);
  });
});

describe("An entry that cannot be stored", () => {
  it("is put aside alone, whatever is wrong with it; its neighbours arrive", async () => {
    const setup = await knownSetup(pool);
    const play = await openPlay(store, setup, 5);
    const stream = streamOf(setup.id);
    const [, , sample] = await connection.client.xrange(stream, "-", "+");
    const good = JSON.parse(sample?.[1][1] ?? "") as { attempt: Record<string, unknown> };
    const bad = (change: object) => JSON.stringify({ ...good, attempt: { ...good.attempt, ...change } });
    const poison = [
      "not JSON \u0000 at all",
      '"JSON, and no entry"',
      JSON.stringify({ ...good, kind: "unheard-of" }),
      bad({ score: "many" }),
      // What only PostgreSQL refuses.
      bad({ id: "00000000-0000-4000-8000-000000000001", nickname: "N\u0000body" }),
      bad({ id: "00000000-0000-4000-8000-000000000002", userId: "no\u0000body" }),
    ];
    for (const text of poison) await connection.client.xadd(stream, "*", "entry", text);
    await connection.client.xadd(stream, "*", "something", "else");
    await store.command(setup.id, { kind: "start" });
    await play.answer(1);
    await store.command(setup.id, { kind: "finish" });
    await worker();
    await untilStored();
    await whole(setup.id, 5);
    const put = await letters(stream);
    expect(put.map(({ entry }) => entry)).toEqual(
      [...poison, ""].map((text) => text.replace("\u0000", "\ufffd")),
    );
    expect(put[3]).toMatchObject({ session_id: setup.id, version: 3 });
    expect(put[3].error).toContain("attempt.score");
    expect(counted.dead).toBe(7);
  });

  it("of a session that was deleted is put aside, and keeps nobody waiting", async () => {
    const setup = await knownSetup(pool);
    const other = await knownSetup(pool, { id: sameShard(setup.id) });
    const play = await openPlay(store, setup, 30);
    await worker();
    await untilStored();
    await pool.query(`DELETE FROM "user" WHERE id = $1`, [setup.hostId]);
    await store.command(setup.id, { kind: "start" });
    await play.answer(1);
    await playToTheEnd(store, other, 3);
    await untilStored();
    await whole(other.id, 6);
    const put = (await letters(streamOf(setup.id))).filter(({ session_id }) => session_id === setup.id);
    expect(put.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 31 }, (_, index) => 32 + index),
    );
  });

  it("at first, but then can, is no dead letter", async () => {
    const setup = await knownSetup(pool);
    await pool.query(`
      CREATE SEQUENCE tries;
      CREATE FUNCTION refuse_at_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('tries') < 4 THEN RAISE EXCEPTION 'not yet' USING ERRCODE = '23503'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER at_first BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION refuse_at_first()`);
    await store.create(setup);
    await worker();
    await untilStored();
    await pool.query("DROP TRIGGER at_first ON session");
    expect((await pool.query("SELECT last_value FROM tries")).rows).toEqual([{ last_value: "4" }]);
    await whole(setup.id, 0);
    expect(await letters(streamOf(setup.id))).toEqual([]);
  });
});

/** A new id in the shard of another. */
function sameShard(id: SessionId): SessionId {
  for (;;) {
    const other = crypto.randomUUID() as SessionId;
    if (streamOf(other) === streamOf(id)) return other;
  }
}
