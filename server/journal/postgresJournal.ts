import type { Pool } from "pg";
import type { Logger } from "../observability/logger.ts";
import { createGroupCommitJournal, type GroupCommitJournal } from "./groupCommit.ts";
import { rowsOf } from "./rows.ts";
import { writeRows } from "./statements.ts";

/** The journal of a single server: an entry is durable when its transaction in PostgreSQL has committed. */
export function createPostgresJournal(pool: Pool, logger: Logger): GroupCommitJournal {
  return createGroupCommitJournal({
    logger,
    async write(entries) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query("BEGIN");
        await writeRows(client, rowsOf(entries));
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK").catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  });
}
