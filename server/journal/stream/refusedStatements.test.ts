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
import { createLogger } from "../../observability/logger.ts";
import type { JournalEntry } from "../../session/store/journal.ts";
import type { RedisConnection } from "../../session/store/redis/connectRedis.ts";
import type { RedisStore } from "../../session/store/redis/redisStore.ts";
import { readEntry } from "./readEntry.ts";
import { refusesEntry } from "./refusal.ts";
import { storeEntries } from "./storeEntries.ts";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let pool: pg.Pool;
let store: RedisStore;
let connection: RedisConnection;
const ends: (() => Promise<unknown>)[] = [];
let lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startJournalPostgres()]);
  pool = createPool(postgres.url);
  ({ connection, store } = await connectStore(redis.url));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  connection?.close();
  await pool?.end();
  await Promise.all([redis?.remove(), postgres?.remove()]);
});

async function worker(own = pool) {
  lines = [];
  const logger = createLogger("info", { write: (line) => lines.push(JSON.parse(line)) });
  const started = await startWorker(redis.url, { pool: own, logger });
  ends.push(() => started.end());
}

const untilStored = () => expect.poll(() => waitingEntries(connection), { timeout: 20_000 }).toBe(0);
const letterCount = async () => (await pool.query("SELECT 1 FROM dead_letter")).rowCount;

const REFUSES =
  "journal: PostgreSQL refuses the statements, and not for their data; entries wait, and are tried again";
const TAKES = "journal: PostgreSQL takes the statements again";

describe("A schema of another version", () => {
  it.each([
    ["lacks a column", "answer RENAME elapsed_ms TO elapsed", "answer RENAME elapsed TO elapsed_ms", "42703"],
    ["lacks a table", "attempt RENAME TO attempts", "attempts RENAME TO attempt", "42P01"],
    [
      "wants a value that this version does not give",
      "answer ADD newer text NOT NULL",
      "answer ALTER newer SET DEFAULT ''",
      "23502",
    ],
  ])(
    "that %s makes entries wait, is told of in two lines, and loses none (I2)",
    async (_, alter, mend, code) => {
      await pool.query("TRUNCATE session CASCADE");
      await pool.query(`ALTER TABLE ${alter}`);
      const setup = await knownSetup(pool);
      await playToTheEnd(store, setup, 4);
      const count = await waitingEntries(connection);
      await worker();
      await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
      expect(lines[0]).toMatchObject({ msg: REFUSES, err: { code } });
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await waitingEntries(connection)).toBe(count);
      await pool.query(`ALTER TABLE ${mend}`);
      await untilStored();
      await expectStored({ pool, store }, setup.id, 8);
      await expect.poll(() => lines.length).toBe(2);
      expect(lines[1]).toMatchObject({
        msg: TAKES,
        failures: expect.any(Number),
        seconds: expect.any(Number),
      });
      expect(await letterCount()).toBe(0);
    },
  );
});

it("A worker whose statements are refused leaves its shards to those whose are not", async () => {
  await pool.query("CREATE ROLE older LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO older");
  const older = createPool(postgres.url.replace("postgres@", "older@"));
  ends.push(() => older.end());
  await worker(older);
  const setup = await knownSetup(pool);
  await openPlay(store, setup, 2);
  await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
  expect(lines[0]).toMatchObject({ msg: REFUSES, err: { code: "42501" } });
  await worker();
  await playToTheEnd(store, await knownSetup(pool), 2);
  await untilStored();
  await expectStored({ pool, store }, setup.id, 0);
  expect(await letterCount()).toBe(0);
});

it("A deadlock is tried again, and is nothing to tell of", async () => {
  await pool.query(`
    CREATE SEQUENCE tries;
    CREATE FUNCTION deadlock_at_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('tries') < 2 THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER at_first BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION deadlock_at_first()`);
  const setup = await knownSetup(pool);
  await store.create(setup);
  await worker();
  await untilStored();
  await pool.query("DROP FUNCTION deadlock_at_first CASCADE");
  expect((await pool.query("SELECT last_value FROM tries")).rows).toEqual([{ last_value: "2" }]);
  expect(lines).toEqual([]);
  await expectStored({ pool, store }, setup.id, 0);
});

it("A PostgreSQL that ends is an outage, and refuses nothing", async () => {
  const setup = await knownSetup(pool);
  await postgres.stop();
  await store.create(setup);
  await worker();
  await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
  await postgres.start();
  await untilStored();
  expect(lines[0]).toMatchObject({ msg: "a part cannot be reached", part: "database" });
  expect(lines.filter(({ msg }) => msg === REFUSES)).toEqual([]);
});

describe("An entry that can be read", () => {
  it("gives no null to a column that wants a value: that error is never the entry's fault", async () => {
    const setup = await knownSetup(pool);
    const play = await openPlay(store, setup, 1);
    await store.command(setup.id, { kind: "start" });
    await play.answer(1);
    await store.command(setup.id, { kind: "finish" });
    const stream = await connection.client.xrange(streamOf(setup.id), "-", "+");
    const texts = stream.map(([, fields]) => fields[1] ?? "");
    const kinds = texts.map((text) => readEntry(text).kind);
    expect(new Set(kinds)).toEqual(new Set(["opened", "attempt", "phase", "answer"]));
    const outcomes = { unreadable: 0, stored: 0, refused: 0 };
    for (const [index, text] of texts.entries())
      for (const poison of spoiled(JSON.parse(text))) {
        const before = texts.slice(0, index).map(readEntry);
        outcomes[await outcomeOf(before, JSON.stringify(poison))] += 1;
      }
    expect(outcomes.unreadable).toBeGreaterThan(100);
    expect(outcomes.stored).toBeGreaterThan(10);
    await worker();
    await untilStored();
  });
});

/** What becomes of an entry after others. Throws where PostgreSQL says anything but that the entry is at fault. */
async function outcomeOf(before: readonly JournalEntry[], text: string) {
  let entry: JournalEntry;
  try {
    entry = readEntry(text);
  } catch {
    return "unreadable";
  }
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    if (before.length > 0) await storeEntries(client, before);
    await storeEntries(client, [entry]);
    return "stored";
  } catch (error) {
    if (!refusesEntry(error)) throw error;
    return "refused";
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

/** A value with each of its parts, in turn, being null, nothing, an empty list or text, or left out. */
function* spoiled(value: unknown): Generator<unknown> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const put = (other: unknown) => (Array.isArray(value) ? [other] : { ...value, [key]: other });
    for (const other of [null, undefined, [], "", [null], 0]) yield put(other);
    for (const other of spoiled(part)) yield put(other);
  }
}
