import type { SessionId } from "../../core/ids.ts";
import type { AnswerRecord, AttemptRecord, Phase, SessionSetup } from "../domain/session.ts";

interface EntryBase {
  readonly sessionId: SessionId;
  /** The session's version after the change: dense, so a missing entry shows. */
  readonly version: number;
  /** The store's clock. */
  readonly at: number;
}

/** What changed in a session, with the records as they are after it. */
export type JournalChange =
  | { readonly kind: "opened"; readonly setup: SessionSetup }
  | { readonly kind: "phase"; readonly phase: Phase }
  | { readonly kind: "attempt"; readonly attempt: AttemptRecord }
  | { readonly kind: "answer"; readonly attempt: AttemptRecord; readonly answer: AnswerRecord };

/** One change of a session, carrying the records as they are after it, so that writing it twice changes nothing. */
export type JournalEntry = EntryBase & JournalChange;

/** Where changes of sessions go for safe keeping. */
export interface Journal {
  /**
   * Resolves once the entry, and every one appended before it, is durable. Entries of one session are appended in
   * the order of their versions. Waits through outages rather than rejecting.
   */
  append(entry: JournalEntry): Promise<void>;
}
