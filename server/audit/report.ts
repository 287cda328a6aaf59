import type { Difference } from "./difference.ts";

const MEANINGS: Readonly<Record<Difference["kind"], string>> = {
  "history-score": "the sum of an attempt's points in the history is not its score",
  "history-count": "an attempt's counts in the history are not those of its answers",
  "history-points": "an answer's points do not follow from how they came about",
  "history-question": "an answer is to a question that the quiz does not have at this number",
  "history-version": "the history has something newer than its session",
  "final-rank": "an attempt's final rank is wrong",
  "final-status": "an attempt has not ended with its session",
  "dead-letter": "an entry of the journal could not be stored",
  "store-score": "the sum of an attempt's points in the store is not its score",
  "store-standings": "an attempt's place in the standings is wrong",
  "store-count": "the store's counts of the question on screen are wrong",
  "session-not-in-history": "the store has a session that the history lacks",
  "session-not-in-store": "the history has an unfinished session that the store lacks",
  "session-field": "store and history differ in a session",
  "attempt-not-in-history": "the store has an attempt that the history lacks",
  "attempt-not-in-store": "the history has an attempt that the store lacks",
  "attempt-field": "store and history differ in an attempt",
  "answer-not-in-history": "the store has an answer that the history lacks",
  "answer-not-in-store": "the history has an answer that the store lacks",
  "answer-field": "store and history differ in an answer",
  version: "the history is ahead of the store",
  "stored-version": "the store counts something as stored that is not",
  "waiting-gap": "versions are neither stored nor waiting",
  "waiting-unreadable": "an entry that waits cannot be read",
};

/** One line for a difference. */
export function describeDifference(difference: Difference): string {
  const { kind, attemptId, question, field, expected, found } = difference;
  const where = [
    ...(attemptId === undefined ? [] : [`attempt ${attemptId}`]),
    ...(question === undefined ? [] : [`question ${question}`]),
    ...(field === undefined ? [] : [field]),
  ];
  const values = `expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  return `${kind}: ${MEANINGS[kind]}; ${[...where, values].join(", ")}`;
}

/** The last line: how many sessions were looked at, and how many differences they have. */
export function summary(sessions: number, differences: number): string {
  const of = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  return `${of(sessions, "session")} audited, ${differences === 0 ? "no differences" : of(differences, "difference")}`;
}
