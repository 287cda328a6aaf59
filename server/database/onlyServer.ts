import type pg from "pg";
import { StartError } from "../core/startError.ts";

// Any numbers will do, as long as every version of this program takes the same ones.
const SERVERS = 4_276_113;
const STARTING = 4_276_114;

/**
 * Holds the database for one server: running sessions live in its memory, and two servers would each have their own.
 * The lock ends with the connection, so a killed server leaves none behind. Throws a StartError where it is taken.
 * Returns the function that lets go.
 */
export function holdAlone(pool: pg.Pool): Promise<() => Promise<void>> {
  return hold(
    pool,
    "pg_try_advisory_lock",
    "Another server runs on the database at DATABASE_URL. Stop it first, or give all of them one REDIS_URL.",
  );
}

/** Holds the database together with other servers that share a Redis, and against a server without one. */
export function holdTogether(pool: pg.Pool): Promise<() => Promise<void>> {
  return hold(
    pool,
    "pg_try_advisory_lock_shared",
    "A server without REDIS_URL runs on the database at DATABASE_URL. Stop it first.",
  );
}

async function hold(pool: pg.Pool, lock: string, taken: string): Promise<() => Promise<void>> {
  const client = await pool.connect();
  // Should the connection break, the server goes on: whoever starts next to it has to be stopped by its operator.
  client.on("error", () => {});
  const { rows } = await client.query<{ held: boolean }>(`SELECT ${lock}($1) AS held`, [SERVERS]);
  if (!rows[0]?.held) {
    client.release(true);
    throw new StartError(taken);
  }
  return async () => client.release(true);
}

/** Lets one server at a time do what it does to the database when it starts: migrate, and put in the demo quizzes. */
export async function inTurn<Result>(pool: pg.Pool, start: () => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  client.on("error", () => {});
  try {
    await client.query("SELECT pg_advisory_lock($1)", [STARTING]);
    return await start();
  } finally {
    // The lock goes with the connection.
    client.release(true);
  }
}
