import type { Logger } from "../observability/logger.ts";
import { createOutages, type Outage } from "../observability/outages.ts";
import type { Journal, JournalEntry } from "../session/store/journal.ts";
import { dataError } from "./dataError.ts";

interface Waiting {
  readonly entry: JournalEntry;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
  /** By `performance.now()`. */
  readonly since: number;
}

/** Counts what the journal does. */
export interface CommitObserver {
  /** A batch is in the database. */
  batchWritten(entries: number, seconds: number): void;
  /** The database did not take a batch, and it is tried again. */
  batchFailed(): void;
}

export interface GroupCommitOptions {
  /** Writes all entries or none, and rejects where it did not. */
  readonly write: (entries: readonly JournalEntry[]) => Promise<void>;
  readonly logger: Logger;
  /** Of the database, where others tell of theirs, too. */
  readonly outage?: Outage;
  readonly observer?: CommitObserver;
  /** The most entries of one commit; 1,000 is where PostgreSQL's multi-row inserts stop gaining. */
  readonly maxBatch?: number;
  /** Waits between tries while the database cannot be reached, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
}

export interface GroupCommitJournal extends Journal {
  /** Entries that are not durable yet. */
  readonly pending: number;
  /** For how long the oldest of them waits. */
  readonly lagMs: number;
  /** Resolves when everything appended so far is durable or refused. */
  drain(): Promise<void>;
}

/**
 * A journal that commits what gathers while the commit before is under way: one transaction for many answers under
 * load, at once when it is quiet. An outage is waited out. An entry that the database refuses for its data is
 * found by halving the batch, and fails alone.
 */
export function createGroupCommitJournal(options: GroupCommitOptions): GroupCommitJournal {
  const { write, logger, observer, maxBatch = 1000, retryDelaysMs = [50, 100, 200, 500, 1000] } = options;
  const outage = options.outage ?? createOutages(logger).of("database");
  const queue: Waiting[] = [];
  let committing: Promise<void> | null = null;
  let inFlight: readonly Waiting[] = [];

  async function commit(batch: readonly Waiting[]): Promise<void> {
    for (let tries = 0; ; tries++) {
      const began = performance.now();
      try {
        await write(batch.map((waiting) => waiting.entry));
        outage.works();
        observer?.batchWritten(batch.length, (performance.now() - began) / 1000);
        for (const waiting of batch) waiting.resolve();
        return;
      } catch (error) {
        if (dataError(error)) return refuse(batch, error);
        const delay = retryDelaysMs[Math.min(tries, retryDelaysMs.length - 1)] ?? 1000;
        outage.fails(error);
        observer?.batchFailed();
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  async function refuse(batch: readonly Waiting[], error: unknown): Promise<void> {
    const [first] = batch;
    if (batch.length === 1 && first) {
      const { sessionId, version, kind } = first.entry;
      logger.error(
        { err: error, sessionId, version, kind },
        "journal: the database refuses an entry for its data",
      );
      first.reject(error);
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await commit(batch.slice(0, middle));
    await commit(batch.slice(middle));
  }

  async function run(): Promise<void> {
    // Entries of the same turn of the event loop belong into one commit.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0, maxBatch);
      inFlight = batch;
      await commit(batch);
      inFlight = [];
    }
    committing = null;
  }

  return {
    append(entry) {
      return new Promise<void>((resolve, reject) => {
        queue.push({ entry, resolve, reject, since: performance.now() });
        committing ??= run();
      });
    },
    get pending() {
      return queue.length + inFlight.length;
    },
    get lagMs() {
      const [oldest] = [...inFlight.slice(0, 1), ...queue.slice(0, 1)];
      return oldest === undefined ? 0 : performance.now() - oldest.since;
    },
    async drain() {
      await committing;
    },
  };
}
