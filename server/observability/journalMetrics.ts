import type { Registry } from "prom-client";
import { counter, histogram, type ReadNumber, readGauge } from "./series.ts";

export type JournalRecorder = ReturnType<typeof journalMetrics>;

const ENTRY_BUCKETS = [1, 3, 10, 30, 100, 300, 1000, 3000];

export function journalMetrics(registry: Registry) {
  const written = counter(
    registry,
    "quiz_journal_entries_written_total",
    "Entries of the journal that this process wrote to PostgreSQL.",
  );
  const duration = histogram(
    registry,
    "quiz_journal_batch_duration_seconds",
    "Writing a batch of the journal to PostgreSQL, its commit included.",
  );
  const entries = histogram(
    registry,
    "quiz_journal_batch_entries",
    "Entries in a batch of the journal.",
    [],
    ENTRY_BUCKETS,
  );
  const retries = counter(
    registry,
    "quiz_journal_batch_failures_total",
    "Batches that PostgreSQL did not take, and that are tried again.",
  );
  const dead = counter(
    registry,
    "quiz_journal_dead_letters_total",
    "Entries that PostgreSQL refuses for their data, put aside by this process.",
  );
  return {
    batchWritten(count: number, seconds: number) {
      written.inc(count);
      duration.observe(seconds);
      entries.observe(count);
    },
    batchFailed: () => retries.inc(),
    deadLettered: (count = 1) => dead.inc(count),
    /** What waits to be written, of all servers together, as this process reads it at each scrape. */
    lag(read: { readonly entries: ReadNumber; readonly seconds: ReadNumber }) {
      readGauge(
        registry,
        "quiz_journal_lag_entries",
        "Entries that are not in PostgreSQL yet.",
        read.entries,
      );
      readGauge(
        registry,
        "quiz_journal_lag_seconds",
        "Age of the oldest entry that is not in PostgreSQL yet.",
        read.seconds,
      );
    },
    /** Entries that were put aside at any time, and that nobody has dealt with. */
    deadLetters(read: ReadNumber) {
      readGauge(registry, "quiz_journal_dead_letters", "Entries put aside in the table dead_letter.", read);
    },
  };
}
