import type pg from "pg";
import { StartError } from "../core/startError.ts";

/** Any number will do, as long as every version of this program takes the same one. */
const LOCK = 4_276_113;

/**
 * Holds the database for one server: running sessions live in its memory, and two servers would each have their own.
 * The lock ends with the connection, so a killed server leaves none behind. Throws a StartError where it is taken.
 * Returns the function that lets go.
 */
export async function holdAlone(pool: pg.Pool): Promise<() => Promise<void>> {
  const client = await pool.connect();
  // Should the connection break, the server goes on: whoever starts next to it has to be stopped by its operator.
  client.on("error", () => {});
  const { rows } = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1) AS held", [LOCK]);
  if (!rows[0]?.held) {
    client.release(true);
    throw new StartError("Another server runs on the database at DATABASE_URL. Stop it first.");
  }
  return async () => client.release(true);
}
