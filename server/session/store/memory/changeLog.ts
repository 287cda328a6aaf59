import type { AttemptId } from "../../../core/ids.ts";
import type { Journal, JournalEntry } from "../journal.ts";
import type { SessionEvent } from "../sessionEvent.ts";

/**
 * The changes of one session on their way out: into the journal at once, announced when they are durable, in the
 * order of their versions.
 */
export class ChangeLog {
  readonly #journal: Journal;
  readonly #publish: (event: SessionEvent) => void;
  #settled: Promise<void> = Promise.resolve();

  constructor(journal: Journal, publish: (event: SessionEvent) => void) {
    this.#journal = journal;
    this.#publish = publish;
  }

  /**
   * Resolves once everything written so far is durable and was announced. Rejects once a change could not be kept:
   * the memory is then ahead of the journal for good, and nothing that it says may be told.
   */
  get settled(): Promise<void> {
    return this.#settled;
  }

  write(entry: JournalEntry, kind: SessionEvent["kind"], attemptId: AttemptId | null): void {
    const { sessionId, version } = entry;
    this.#settled = Promise.all([this.#settled, this.#journal.append(entry)]).then(() =>
      this.#announce({ sessionId, version, kind, attemptId }),
    );
    // Whoever waits hears of a failure; where nobody does, it must not end the process.
    this.#settled.catch(() => {});
  }

  /** Announcements may be lost, changes may not: a listener's error costs neither this change nor the next. */
  #announce(event: SessionEvent): void {
    try {
      this.#publish(event);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}
