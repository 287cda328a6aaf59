import type { Pool } from "pg";
import type { Logger } from "../../observability/logger.ts";
import type { Outage } from "../../observability/outages.ts";
import type { JournalEntry } from "../../session/store/journal.ts";
import type { AlsoWrite } from "../statements.ts";
import { type DeadLetter, insertDeadLetters, namesOf } from "./deadLetters.ts";
import { backoffMs, pause } from "./pause.ts";
import { readEntry, UnreadableEntryError } from "./readEntry.ts";
import { refusesEntry, refusesStatement } from "./refusal.ts";
import { RefusedStatements } from "./refusedStatements.ts";
import type { StreamEntry } from "./shardStream.ts";
import { MissingSessionsError, storeEntries } from "./storeEntries.ts";
import { writeInTime } from "./writeInTime.ts";

/** How often an entry is tried whose data PostgreSQL refuses, and the pauses between: what it needs may be on its way. */
const DATA_TRIES = 5;
const DATA_PAUSE_MS = 20;
/** Sessions that are known not to be there. */
const MISSING_KEPT = 1000;

/** The worker stops before the entries could be written; the next one has them. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

interface Readable {
  readonly entry: StreamEntry;
  readonly read: JournalEntry;
}

export interface EntryWriterParts {
  /** Must bound the time of connecting (`connectionTimeoutMillis`). */
  readonly pool: Pool;
  /** The most time for a transaction, in milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
  /** Of PostgreSQL. */
  readonly outage: Outage;
  /** Ends the waiting for a PostgreSQL that is away, or refuses. */
  readonly stopping: AbortSignal;
  /** PostgreSQL did not take a batch; for how long now, in milliseconds. */
  readonly onFailed: (forMs: number) => void;
  readonly onDeadLetters: (count: number) => void;
  readonly alsoWrite?: AlsoWrite | undefined;
}

/** Writes entries to PostgreSQL, or, where their data makes that impossible, to its table of dead letters. */
export class EntryWriter {
  readonly #parts: EntryWriterParts;
  readonly #missing = new Set<string>();
  readonly #statements: RefusedStatements;

  constructor(parts: EntryWriterParts) {
    this.#parts = parts;
    this.#statements = new RefusedStatements(parts.logger);
  }

  /**
   * Resolves when each entry is in PostgreSQL. Waits for ever where PostgreSQL is away or hangs, or refuses what this version
   * asks of it.
   * @throws StoppedError where it would have to wait while the worker stops
   */
  async write(entries: readonly StreamEntry[]): Promise<void> {
    const readable: Readable[] = [];
    const unreadable: DeadLetter[] = [];
    for (const entry of entries) {
      try {
        readable.push({ entry, read: readEntry(entry.text) });
      } catch (error) {
        if (!(error instanceof UnreadableEntryError)) throw error;
        unreadable.push({ entry, error });
      }
    }
    if (unreadable.length > 0) await this.#bury(unreadable);
    if (readable.length > 0) await this.#store(readable);
  }

  async #store(batch: readonly Readable[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#untilDone(() => this.#transaction(batch));
      } catch (error) {
        if (!refusesEntry(error) && !(error instanceof MissingSessionsError)) throw error;
        const parts = split(batch, error);
        if (parts) {
          for (const part of parts) await this.#store(part);
          return;
        }
        if (tries === DATA_TRIES || this.#isKnown(error)) return this.#refuse(batch, error);
        await pause(DATA_PAUSE_MS * 2 ** tries, this.#parts.stopping);
      }
    }
  }

  #transaction(batch: readonly Readable[]): Promise<void> {
    const { pool, timeoutMs, alsoWrite } = this.#parts;
    const entries = batch.map(({ read }) => read);
    return writeInTime(pool, timeoutMs, (client) => storeEntries(client, entries, alsoWrite));
  }

  /** A session that was deleted stays so: its other entries need not wait. */
  #isKnown(error: unknown): boolean {
    return error instanceof MissingSessionsError && [...error.ids].every((id) => this.#missing.has(id));
  }

  async #refuse(batch: readonly Readable[], error: unknown): Promise<void> {
    await this.#bury(batch.map(({ entry }) => ({ entry, error })));
    if (!(error instanceof MissingSessionsError)) return;
    if (this.#missing.size > MISSING_KEPT) this.#missing.clear();
    for (const id of error.ids) this.#missing.add(id);
  }

  async #bury(letters: readonly DeadLetter[]): Promise<void> {
    const { pool, timeoutMs, logger, onDeadLetters } = this.#parts;
    await this.#untilDone(() => writeInTime(pool, timeoutMs, (client) => insertDeadLetters(client, letters)));
    for (const { entry, error } of letters) {
      const { stream, id: entryId, text } = entry;
      logger.error(
        { err: error, stream, entryId, ...namesOf(text) },
        "journal: an entry cannot be stored for its data, and was put into dead_letter",
      );
    }
    onDeadLetters(letters.length);
  }

  /** Tries until PostgreSQL did it, or says that the data is the reason why not. */
  async #untilDone(write: () => Promise<void>): Promise<void> {
    const { stopping, onFailed } = this.#parts;
    const began = performance.now();
    for (let tries = 0; ; tries++) {
      try {
        await write();
        this.#parts.outage.works();
        return this.#statements.accepts();
      } catch (error) {
        if (refusesEntry(error) || error instanceof MissingSessionsError) throw error;
        onFailed(performance.now() - began);
        this.#tellOf(error, tries);
        if (stopping.aborted) throw new StoppedError("Stopped before the batch was stored", { cause: error });
        await pause(backoffMs(tries), stopping);
      }
    }
  }

  #tellOf(error: unknown, tries: number): void {
    if (refusesStatement(error)) this.#statements.refuses(error, tries);
    else this.#parts.outage.fails(error);
  }
}

/**
 * The batch in parts of which one has what was refused; null where it is that already: one entry, or the entries of
 * sessions that are not there.
 */
function split(batch: readonly Readable[], error: unknown): readonly (readonly Readable[])[] | null {
  if (error instanceof MissingSessionsError) {
    const isMissing = ({ read }: Readable) => error.ids.has(read.sessionId);
    const rest = batch.filter((one) => !isMissing(one));
    return rest.length === 0 ? null : [rest, batch.filter(isMissing)];
  }
  if (batch.length === 1) return null;
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}
