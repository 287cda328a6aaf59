import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  connectStore,
  createPool,
  knownSetup,
  openPlay,
  type Play,
  startJournalPostgres,
  startWorker,
  streamOf,
  waitingEntries,
} from "../../tests/fixtures/journalPlay.ts";
import { type RedisProcess, startRedis } from "../../tests/fixtures/redis.ts";
import { opaqueId, type SessionId } from "../core/ids.ts";
import { createDatabase, type Database } from "../database/client.ts";
import type { RedisConnection } from "../session/store/redis/connectRedis.ts";
import { SHARDS, sessionKeys } from "../session/store/redis/keys.ts";
import type { RedisStore } from "../session/store/redis/redisStore.ts";
import { type Audit, createAudit } from "./audit.ts";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let pool: pg.Pool;
let database: Database;
let store: RedisStore;
let connection: RedisConnection;
let audit: Audit;

beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startJournalPostgres()]);
  pool = createPool(postgres.url);
  database = await createDatabase(postgres.url);
  ({ connection, store } = await connectStore(redis.url));
  audit = createAudit({ prisma: database.prisma, redis: connection.client });
});
afterAll(async () => {
  connection?.close();
  await database?.close();
  await pool?.end();
  await Promise.all([redis?.remove(), postgres?.remove()]);
});

/** Lets a worker write everything. */
async function write() {
  const worker = await startWorker(redis.url, { pool });
  await expect.poll(() => waitingEntries(connection), { timeout: 20_000 }).toBe(0);
  await worker.end();
}

const kinds = async (id: SessionId) =>
  (await audit.session(id))?.map(({ kind, field }) => (field === undefined ? kind : `${kind} ${field}`));

/** A game that is open at its first question, of which two of three players have answered. */
async function running(): Promise<Play> {
  const play = await openPlay(store, await knownSetup(pool), 3);
  await store.command(play.setup.id, { kind: "start" });
  await play.answer(1, play.players.slice(0, 2));
  return play;
}

describe("A game in which all is well", () => {
  it("has no differences, whether it waits to be written, is half written, or written and over", async () => {
    const play = await running();
    const { id } = play.setup;
    expect(await audit.session(id)).toEqual([]);
    await write();
    expect(await audit.session(id)).toEqual([]);
    await play.answer(1, play.players.slice(2));
    expect(await audit.session(id)).toEqual([]);
    await store.command(id, { kind: "remove", attemptId: play.players[1] ?? opaqueId() });
    await store.command(id, { kind: "finish" });
    expect(await audit.session(id)).toEqual([]);
    await write();
    expect(await audit.session(id)).toEqual([]);
    const historyAlone = createAudit({ prisma: database.prisma, redis: null });
    expect(await historyAlone.session(id)).toEqual([]);
  });

  it("has none while it is played and written, either", async () => {
    const worker = await startWorker(redis.url, { pool });
    const plays = await Promise.all([1, 2, 3].map(running));
    let playing = true;
    const game = Promise.all(
      plays.map(async ({ setup, players, answer }) => {
        await answer(1, players.slice(2));
        for (const number of [2, 3]) {
          await store.command(setup.id, { kind: "next", after: setup.questions[number - 2]?.id ?? null });
          for (const player of players) await answer(number, [player]);
        }
        await store.command(setup.id, { kind: "finish" });
      }),
    ).finally(() => {
      playing = false;
    });
    while (playing) for (const { setup } of plays) expect(await audit.session(setup.id)).toEqual([]);
    await game;
    await worker.end();
  });

  it("of which nobody knows, is told as that", async () => {
    expect(await audit.session(opaqueId())).toBeNull();
  });
});

describe("Damage to what is written is named", () => {
  let play: Play;
  let id: SessionId;
  let first = "";
  beforeEach(async () => {
    play = await running();
    id = play.setup.id;
    first = play.players[0] ?? "";
    await write();
  });
  const sql = (text: string, ...values: unknown[]) => pool.query(text, values);

  it("points of an answer", async () => {
    await sql("UPDATE answer SET points = points + 1 WHERE attempt_id = $1", first);
    expect(await audit.session(id)).toMatchObject([
      { kind: "history-score", attemptId: first },
      { kind: "history-points", attemptId: first, question: 1 },
      { kind: "answer-field", attemptId: first, question: 1, field: "points" },
    ]);
  });

  it("an answer that is missing", async () => {
    await sql("DELETE FROM answer WHERE attempt_id = $1", first);
    expect(await kinds(id)).toEqual([
      "history-score",
      "history-count answeredCount",
      "history-count correctCount",
      "answer-not-in-history",
    ]);
  });

  it("an answer to another question", async () => {
    await sql("UPDATE answer SET question_id = gen_random_uuid() WHERE attempt_id = $1", first);
    expect(await kinds(id)).toEqual(["history-question", "answer-field questionId"]);
  });

  it("a field of an attempt", async () => {
    await sql("UPDATE attempt SET nickname = 'Somebody' WHERE id = $1", first);
    expect(await audit.session(id)).toMatchObject([
      { kind: "attempt-field", attemptId: first, field: "nickname", expected: "Somebody", found: "Player 0" },
    ]);
  });

  it("an attempt that is missing, and one too many", async () => {
    await sql("DELETE FROM attempt WHERE id = $1", play.players[2]);
    expect(await kinds(id)).toEqual(["attempt-not-in-history"]);
    await connection.client.hdel(`${sessionKeys(id, SHARDS).session}:attempts`, first);
    expect(await kinds(id)).toContain("attempt-not-in-store");
  });

  it("a session that is missing", async () => {
    await sql("DELETE FROM session WHERE id = $1", id);
    expect(await kinds(id)).toEqual(["session-not-in-history"]);
  });

  it("ranks and states after the end", async () => {
    await store.command(id, { kind: "finish" });
    await write();
    await sql("UPDATE attempt SET final_rank = 3 WHERE id = $1", first);
    await sql("UPDATE attempt SET status = 'ACTIVE' WHERE id = $1", play.players[1]);
    expect((await kinds(id))?.sort()).toEqual(["final-rank", "final-status"]);
  });

  it("entries that were put aside", async () => {
    await sql(
      "INSERT INTO dead_letter (stream, entry_id, session_id, entry, error) VALUES ('s', '1-1', $1, '', '!')",
      id,
    );
    expect(await kinds(id)).toEqual(["dead-letter s 1-1"]);
  });

  it("a history that is ahead", async () => {
    await sql("UPDATE session SET version = version + 5 WHERE id = $1", id);
    expect(await kinds(id)).toContain("version");
  });
});

describe("Damage to Redis is named", () => {
  let play: Play;
  let id: SessionId;
  let first = "";
  let keys = { session: "", attempts: "", answers: "", standings: "" };
  beforeEach(async () => {
    play = await running();
    id = play.setup.id;
    first = play.players[0] ?? "";
    const { session } = sessionKeys(id, SHARDS);
    keys = {
      session,
      attempts: `${session}:attempts`,
      answers: `${session}:answers`,
      standings: `${session}:standings`,
    };
  });

  async function change(key: string, field: string, changed: object) {
    const record = JSON.parse((await connection.client.hget(key, field)) ?? "{}") as object;
    await connection.client.hset(key, field, JSON.stringify({ ...record, ...changed }));
  }

  it("a score", async () => {
    await write();
    await change(keys.attempts, first, { score: 1 });
    expect(await kinds(id)).toEqual(["store-score", "store-standings", "attempt-field score"]);
  });

  it("an answer, changed and lost", async () => {
    await change(keys.answers, `${first}:1`, { elapsedMs: 54_321, fingerprint: "other" });
    expect(await kinds(id)).toEqual(["answer-field fingerprint", "answer-field elapsedMs"]);
    await connection.client.hdel(keys.answers, `${first}:1`);
    expect(await kinds(id)).toEqual([
      "store-score",
      "store-count answerCount",
      "store-count correctCount",
      "answer-not-in-store",
    ]);
  });

  it("a place in the standings", async () => {
    await connection.client.zincrby(keys.standings, 1, first);
    expect(await kinds(id)).toEqual(["store-standings"]);
  });

  it("a phase", async () => {
    await connection.client.hset(keys.session, "phase", '{"state":"LOBBY"}');
    expect(await kinds(id)).toEqual(["session-field phase.state", "session-field phase.question"]);
  });

  it("an entry that was acknowledged and not written", async () => {
    const stream = streamOf(id);
    const entries = await connection.client.xrange(stream, "-", "+");
    const lost = entries.filter(([, [, text = ""]]) => text.includes(id)).at(-1);
    await connection.client.xdel(stream, lost?.[0] ?? "");
    const fields = "score reachedVersion answeredCount correctCount streak streakNumber version".split(" ");
    // In which order an entry has its fields says nothing.
    expect((await kinds(id))?.toSorted()).toEqual(
      ["waiting-gap", ...fields.map((field) => `attempt-field ${field}`), "answer-not-in-history"].toSorted(),
    );
    await connection.client.hset(keys.session, "storedVersion", 6);
    expect(await kinds(id)).toContain("stored-version history");
  });

  it("an entry that cannot be read", async () => {
    await connection.client.xadd(streamOf(id), "*", "entry", `{"sessionId":"${id}"}`);
    expect((await audit.session(id))?.map(({ kind }) => kind)).toEqual(["waiting-unreadable"]);
    await write();
    expect((await audit.session(id))?.map(({ kind }) => kind)).toEqual(["dead-letter"]);
  });

  it("a running session that is gone", async () => {
    await write();
    await connection.client.del(keys.session);
    expect(await kinds(id)).toEqual(["session-not-in-store"]);
  });
});
