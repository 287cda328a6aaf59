import type { ClientBase, Pool } from "pg";
import { namesOf } from "./deadLetters.ts";

/** A dead letter, as whoever deals with it sees it. */
export interface KeptLetter {
  /** Its stream, and its own id there. */
  readonly id: string;
  readonly stream: string;
  readonly entryId: string;
  /** When it was put aside. */
  readonly at: Date;
  /** As the entry names them, where that can be read. */
  readonly sessionId: string | null;
  readonly version: number | null;
  readonly kind: string | null;
  /** The entry's text. */
  readonly entry: string;
  /** Why it was put aside. */
  readonly error: string;
}

/** Which letters are meant: all of them, a session's, or those with these ids. */
export type WhichLetters = "all" | { readonly sessionId: string } | { readonly ids: readonly string[] };

const ID = `stream || '/' || entry_id`;
const COLUMNS = `${ID} AS id, stream, entry_id AS "entryId", at, session_id AS "sessionId", version, entry, error`;

function conditionOf(which: WhichLetters): readonly [condition: string, parameters: unknown[]] {
  if (which === "all") return ["true", []];
  if ("sessionId" in which) return ["session_id = $1", [which.sessionId]];
  return [`${ID} = ANY ($1::text[])`, [which.ids]];
}

/** Letters in the order in which they can be written: a session is opened before anything else happens in it. */
export async function listLetters(pool: Pool, which: WhichLetters): Promise<readonly KeptLetter[]> {
  const [condition, parameters] = conditionOf(which);
  const { rows } = await pool.query<Omit<KeptLetter, "kind">>(
    `SELECT ${COLUMNS} FROM dead_letter WHERE ${condition}
     ORDER BY session_id, version, stream, length(entry_id), entry_id`,
    parameters,
  );
  return rows.map((row) => ({ ...row, kind: namesOf(row.entry).kind }));
}

/** Lets go of letters for good. Gives the ids of those that were there. */
export async function discardLetters(pool: Pool, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `DELETE FROM dead_letter WHERE ${ID} = ANY ($1::text[]) RETURNING ${ID} AS id`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Takes a letter out of the table, in the caller's transaction: it is back where that fails. Waits for whoever is about to.
 * Gives the entry's text; null where it is gone.
 */
export async function takeLetter(
  client: ClientBase,
  { stream, entryId }: Pick<KeptLetter, "stream" | "entryId">,
): Promise<string | null> {
  const { rows } = await client.query<{ entry: string }>(
    "DELETE FROM dead_letter WHERE stream = $1 AND entry_id = $2 RETURNING entry",
    [stream, entryId],
  );
  return rows[0]?.entry ?? null;
}
