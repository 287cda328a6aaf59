import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { createRollupWriter } from "../../server/history/index.ts";
import { createJournalWorker, readEntry } from "../../server/journal/index.ts";
import { storeEntries } from "../../server/journal/stream/storeEntries.ts";
import { writeInTime } from "../../server/journal/stream/writeInTime.ts";
import { STREAMS } from "../../server/live/redis.ts";
import { createLogger } from "../../server/observability/logger.ts";
import { connectRedis, type RedisConnection } from "../../server/session/store/redis/connectRedis.ts";
import { SHARDS, shardOf } from "../../server/session/store/redis/keys.ts";
import type { Games } from "./games.ts";

/** Writes the answers of the games; gives how long that took, in milliseconds. */
export type Writer = (pool: Pool, games: Games) => Promise<number>;

const BATCH = 1000;
const TIMEOUT_MS = 60_000;
const logger = createLogger("warn");
const alsoWrite = createRollupWriter(logger);

/** What PostgreSQL takes, at best: nothing but the rows of answers, by one statement for each batch. */
export const unnest: Writer = async (pool, { answers }) => {
  const client = await pool.connect();
  const began = performance.now();
  for (let from = 0; from < answers.length; from += BATCH) {
    const rows = answers.slice(from, from + BATCH).map(({ answer }) => answer);
    await client.query(
      `INSERT INTO answer (attempt_id, question_id, session_id, number, choice_ids, text, fingerprint, tally_keys, correct,
         points, base, speed, share, streak, streak_bonus, elapsed_ms, answered_at)
       SELECT attempt_id, question_id, session_id, number, ARRAY[choice], text, fingerprint, ARRAY[tally], correct,
         points, base, speed, share, streak, streak_bonus, elapsed_ms, answered_at
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::bool[],
         $10::int[], $11::int[], $12::float8[], $13::float8[], $14::int[], $15::int[], $16::int[], $17::timestamptz[])
       AS new (attempt_id, question_id, session_id, number, choice, text, fingerprint, tally, correct,
         points, base, speed, share, streak, streak_bonus, elapsed_ms, answered_at)`,
      [
        rows.map((row) => row.attemptId),
        rows.map((row) => row.questionId),
        rows.map((row) => row.sessionId),
        rows.map((row) => row.number),
        rows.map((row) => row.given.choiceIds[0]),
        rows.map((row) => row.given.text),
        rows.map((row) => row.fingerprint),
        rows.map((row) => row.tallyKeys[0]),
        rows.map((row) => row.correct),
        rows.map((row) => row.points),
        rows.map((row) => row.breakdown.base),
        rows.map((row) => row.breakdown.speed),
        rows.map((row) => row.breakdown.share),
        rows.map((row) => row.breakdown.streak),
        rows.map((row) => row.breakdown.streakBonus),
        rows.map((row) => row.elapsedMs),
        rows.map((row) => new Date(row.answeredAt)),
      ],
    );
  }
  const took = performance.now() - began;
  client.release();
  return took;
};

/** What the product does with a batch: reads its entries, and writes answers, attempts and sessions in a transaction. */
export const writer: Writer = async (pool, { answers }) => {
  const texts = answers.map((entry) => JSON.stringify(entry));
  const began = performance.now();
  for (let from = 0; from < texts.length; from += BATCH) {
    const entries = texts.slice(from, from + BATCH).map(readEntry);
    await writeInTime(pool, TIMEOUT_MS, (client) => storeEntries(client, entries, alsoWrite));
  }
  return performance.now() - began;
};

/** The whole way: a worker takes the entries from their streams in Redis, and lets go of them there. */
export function workerAt(redisUrl: string): Writer {
  return async (pool, { answers }) => {
    const connection = await connectRedis(redisUrl, (error) => logger.error(error));
    try {
      await fill(connection, answers);
      const began = performance.now();
      const worker = createJournalWorker({
        ...{ redis: connection, streams: STREAMS, pool, logger, alsoWrite },
        ...{ workerId: "bench", markStored: async () => {} },
      });
      while ((await worker.lag()).entries > 0) await pause(10);
      const took = performance.now() - began;
      await worker.stop();
      return took;
    } finally {
      connection.close();
    }
  };
}

async function fill({ client }: RedisConnection, answers: Games["answers"]): Promise<void> {
  for (let from = 0; from < answers.length; from += BATCH) {
    const some = answers.slice(from, from + BATCH);
    await Promise.all(
      some.map((entry) =>
        client.xadd(STREAMS[shardOf(entry.sessionId, SHARDS)] ?? "", "*", "entry", JSON.stringify(entry)),
      ),
    );
  }
}
