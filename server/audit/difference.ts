/**
 * What can be wrong. "history" is PostgreSQL, "store" is Redis, "waiting" are the journal's entries that are in Redis and not
 * in PostgreSQL yet. Between history and store, what waits is counted as written.
 */
export type DifferenceKind =
  /** The history alone, of each attempt: I4. */
  | "history-score"
  | "history-count"
  | "history-points"
  | "history-question"
  | "history-version"
  | "final-rank"
  | "final-status"
  | "dead-letter"
  /** The store alone. */
  | "store-score"
  | "store-standings"
  | "store-count"
  /** Between them. */
  | "session-not-in-history"
  | "session-not-in-store"
  | "session-field"
  | "attempt-not-in-history"
  | "attempt-not-in-store"
  | "attempt-field"
  | "answer-not-in-history"
  | "answer-not-in-store"
  | "answer-field"
  | "version"
  | "stored-version"
  | "waiting-gap"
  | "waiting-unreadable";

export interface Difference {
  readonly kind: DifferenceKind;
  readonly sessionId: string;
  readonly attemptId?: string;
  /** Number of the question, from 1. */
  readonly question?: number;
  /** What differs, where it is one thing of several. */
  readonly field?: string;
  /** By the history, or by the rule. */
  readonly expected: unknown;
  readonly found: unknown;
}

/** Notes differences of one session. */
export type Note = (difference: Omit<Difference, "sessionId">) => void;

/** Notes each field in which two records differ. */
export function compareFields(
  expected: object,
  found: object,
  note: (field: string, expected: unknown, found: unknown) => void,
): void {
  for (const field of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const [one, other]: unknown[] = [Reflect.get(expected, field), Reflect.get(found, field)];
    if (plain(one) !== plain(other)) note(field, one ?? null, other ?? null);
  }
}

/** A value as text that is equal for equal values, whatever the order of their fields. */
function plain(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
