import type { ClientBase } from "pg";
import type { JournalEntry } from "../../session/store/journal.ts";
import { rowsOf } from "../rows.ts";
import { type AlsoWrite, holdSessions, writeChanges } from "../statements.ts";

export class MissingSessionsError extends Error {
  override readonly name = "MissingSessionsError";
  readonly ids: ReadonlySet<string>;

  constructor(ids: readonly string[]) {
    super("its session is not in PostgreSQL");
    this.ids = new Set(ids);
  }
}

/**
 * Writes entries in the caller's transaction. Writing them again changes nothing.
 * @throws MissingSessionsError where there are entries of sessions that are neither there nor opened by one of them
 */
export async function storeEntries(
  client: ClientBase,
  entries: readonly JournalEntry[],
  alsoWrite?: AlsoWrite,
): Promise<void> {
  const rows = rowsOf(entries);
  const held = await holdSessions(client, rows);
  if (held.missing.length > 0) throw new MissingSessionsError(held.missing);
  await writeChanges(client, rows, held, alsoWrite);
}
