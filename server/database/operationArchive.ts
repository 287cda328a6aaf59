import type { Pool } from "pg";

/** A page is closed, or has been loaded anew, by then. */
const KEPT = "90 days";

const KEEP = `INSERT INTO persisted_operation (id, text) SELECT * FROM unnest($1::text[], $2::text[])
  ON CONFLICT (id) DO UPDATE SET seen_at = now()`;
const FORGET = `DELETE FROM persisted_operation WHERE seen_at < now() - interval '${KEPT}'`;

/**
 * Pages stay open while servers are replaced by newer ones, and a page sends its operations by their ids: so each server
 * leaves the texts of its own version here, for those before and after it.
 */
export function createOperationArchive(pool: Pick<Pool, "query">) {
  return {
    /** Notes that they are in use: texts by their ids. */
    async keep(texts: ReadonlyMap<string, string>): Promise<void> {
      await pool.query(KEEP, [[...texts.keys()], [...texts.values()]]);
      await pool.query(FORGET);
    },
    /** Those of all versions that have been served of late. */
    async read(): Promise<ReadonlyMap<string, string>> {
      const { rows } = await pool.query<{ id: string; text: string }>(
        "SELECT id, text FROM persisted_operation",
      );
      return new Map(rows.map(({ id, text }) => [id, text]));
    },
  };
}
