import type { Logger } from "../observability/logger.ts";
import type { Journal, JournalEntry } from "../session/store/journal.ts";

interface Waiting {
  readonly entry: JournalEntry;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export interface GroupCommitOptions {
  /** Writes all entries or none, and rejects where it did not. */
  readonly write: (entries: readonly JournalEntry[]) => Promise<void>;
  readonly logger: Logger;
  /** The most entries of one commit; 1,000 is where PostgreSQL's multi-row inserts stop gaining. */
  readonly maxBatch?: number;
  /** Waits between tries while the database cannot be reached, in milliseconds. */
  readonly retryDelaysMs?: readonly number[];
}

export interface GroupCommitJournal extends Journal {
  /** Entries that are not durable yet. */
  readonly pending: number;
  /** Resolves when everything appended so far is durable or refused. */
  drain(): Promise<void>;
}

/** PostgreSQL's classes of errors that the data caused: the same write will fail again. */
const dataError = (error: unknown): boolean => {
  // A mistake of ours in making the rows is no outage either.
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && /^(22|23)/.test(error.code)
  );
};

/**
 * A journal that commits what gathers while the commit before is under way: one transaction for many answers under
 * load, at once when it is quiet. An outage is waited out. An entry that the database refuses for its data is
 * found by halving the batch, and fails alone.
 */
export function createGroupCommitJournal(options: GroupCommitOptions): GroupCommitJournal {
  const { write, logger, maxBatch = 1000, retryDelaysMs = [50, 100, 200, 500, 1000] } = options;
  const queue: Waiting[] = [];
  let committing: Promise<void> | null = null;
  let inFlight = 0;

  async function commit(batch: readonly Waiting[]): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await write(batch.map((waiting) => waiting.entry));
        for (const waiting of batch) waiting.resolve();
        return;
      } catch (error) {
        if (dataError(error)) return refuse(batch, error);
        const delay = retryDelaysMs[Math.min(tries, retryDelaysMs.length - 1)] ?? 1000;
        logger.warn(
          { err: error, entries: batch.length, tries, delay },
          "journal: the database did not take a batch; trying again",
        );
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
      inFlight = batch.length;
      await commit(batch);
      inFlight = 0;
    }
    committing = null;
  }

  return {
    append(entry) {
      return new Promise<void>((resolve, reject) => {
        queue.push({ entry, resolve, reject });
        committing ??= run();
      });
    },
    get pending() {
      return queue.length + inFlight;
    },
    async drain() {
      await committing;
    },
  };
}
