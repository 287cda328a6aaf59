import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase, Pool } from "pg";
import { type KeptLetter, takeLetter } from "./letterBox.ts";
import { backoffMs } from "./pause.ts";
import { readEntry, UnreadableEntryError } from "./readEntry.ts";
import { refusesEntry } from "./refusal.ts";
import { MissingSessionsError, storeEntries } from "./storeEntries.ts";
import { writeInTime } from "./writeInTime.ts";

/** Deadlocks, and locks that others hold for long, pass; an outage is for whoever replays to wait for. */
const TRIES = 4;

export interface ReplayParts {
  readonly pool: Pool;
  /** The most time for the transaction of one letter, in milliseconds. */
  readonly timeoutMs: number;
  /** Told of each session of which something was written, in that transaction. */
  readonly alsoWrite: (client: ClientBase, sessionId: string) => Promise<void>;
}

/** What became of a letter. */
export type Replayed =
  | { readonly kind: "written" }
  /** Somebody else wrote or discarded it meanwhile. */
  | { readonly kind: "gone" }
  /** It is still there. */
  | { readonly kind: "refused"; readonly error: Error };

/**
 * Writes a letter's entry to the history as the worker would have, and takes it out of the table in the same transaction.
 * Whoever else replays at the same time, and however often, an entry is written once. Letters must come in their order.
 * Rejects where PostgreSQL cannot be reached, or refuses the statements; the letter is then still there.
 */
export async function replayLetter(letter: KeptLetter, parts: ReplayParts): Promise<Replayed> {
  for (let tries = 1; ; tries++) {
    try {
      return await replayOnce(letter, parts);
    } catch (error) {
      if (error instanceof Error && isRefusal(error)) return { kind: "refused", error };
      if (tries === TRIES) throw error;
      await sleep(backoffMs(tries));
    }
  }
}

const isRefusal = (error: Error) =>
  error instanceof UnreadableEntryError || error instanceof MissingSessionsError || refusesEntry(error);

async function replayOnce(letter: KeptLetter, parts: ReplayParts): Promise<Replayed> {
  const { pool, timeoutMs, alsoWrite } = parts;
  let isThere = false;
  await writeInTime(pool, timeoutMs, async (client) => {
    const text = await takeLetter(client, letter);
    isThere = text !== null;
    if (text === null) return;
    const entry = readEntry(text);
    await storeEntries(client, [entry]);
    await alsoWrite(client, entry.sessionId);
  });
  return { kind: isThere ? "written" : "gone" };
}
