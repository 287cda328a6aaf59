import type { Pool } from "pg";
import type { Logger } from "../observability/logger.ts";
import { createGroupCommitJournal, type GroupCommitJournal, type GroupCommitOptions } from "./groupCommit.ts";
import { rowsOf } from "./rows.ts";
import { type AlsoWrite, writeRows } from "./statements.ts";

/** The journal of a single server: an entry is durable when its transaction in PostgreSQL has committed. */
export function createPostgresJournal(
  pool: Pool,
  logger: Logger,
  {
    alsoWrite,
    ...told
  }: Pick<GroupCommitOptions, "outage" | "observer"> & { readonly alsoWrite?: AlsoWrite } = {},
): GroupCommitJournal {
  return createGroupCommitJournal({
    logger,
    ...told,
    async write(entries) {
      const client = await pool.connect();
      let broken: Error | undefined;
      // Told by the rejection of what is under way, too; without a listener, it would end the process.
      const breaks = (error: Error) => {
        broken = error;
      };
      client.on("error", breaks);
      try {
        await client.query("BEGIN");
        await writeRows(client, rowsOf(entries), alsoWrite);
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK").catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.off("error", breaks);
        client.release(broken);
      }
    },
  });
}
