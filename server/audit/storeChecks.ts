import { ERASED_NICKNAME } from "../personalData/index.ts";
import type { AttemptRecord } from "../session/domain/session.ts";
import { packedScore } from "../session/store/redis/packedScore.ts";
import { compareFields, type Note } from "./difference.ts";
import type { LiveSession, WaitingEntry } from "./readLive.ts";
import type { Written } from "./written.ts";

/** A session that was put back from PostgreSQL goes on at versions that are at least this much higher. */
const VERSION_JUMP = 1_000_000;

/** Of an answer, what a person's erasing replaces in the history. */
const ERASED_FIELDS: ReadonlySet<string> = new Set(["given", "fingerprint", "tallyKeys"]);

/** Whether what Redis has of a session agrees with itself (I4). */
export function checkStore(live: LiveSession, note: Note): void {
  const points = new Map<string, number>();
  for (const answer of live.answers.values())
    points.set(answer.attemptId, (points.get(answer.attemptId) ?? 0) + answer.points);
  for (const record of live.attempts.values()) {
    const expected = points.get(record.id) ?? 0;
    const attemptId = record.id;
    if (record.score !== expected) note({ kind: "store-score", attemptId, expected, found: record.score });
    const place = live.standings.get(record.id) ?? null;
    const due = record.status === "REMOVED" ? null : packedScore(record);
    if (place !== due) note({ kind: "store-standings", attemptId, expected: due, found: place });
  }
  for (const [attemptId, place] of live.standings)
    if (!live.attempts.has(attemptId))
      note({ kind: "store-standings", attemptId, expected: null, found: place });
  checkCounts(live, note);
}

function checkCounts({ phase, attempts, answers, answerCount, correctCount }: LiveSession, note: Note): void {
  if (!("question" in phase)) return;
  const { number } = phase.question;
  const counted = [...answers.values()].filter(
    (answer) => answer.number === number && attempts.get(answer.attemptId)?.status !== "REMOVED",
  );
  const right = counted.filter(({ correct }) => correct).length;
  if (answerCount !== counted.length)
    note({ kind: "store-count", field: "answerCount", expected: counted.length, found: answerCount });
  if (correctCount !== right)
    note({ kind: "store-count", field: "correctCount", expected: right, found: correctCount });
}

/**
 * Whether the store has what is written, and the other way round. What was written after the store was read says
 * nothing: a game goes on while it is audited.
 */
export function compareWithStore(written: Written, live: LiveSession, note: Note): void {
  const moved = written.version > live.version;
  if (!moved || written.phaseVersion <= live.version)
    compareFields(written.phase ?? {}, live.phase, (field, expected, found) =>
      note({ kind: "session-field", field: `phase.${field}`, expected, found }),
    );
  const isNewer = (attemptId: string) => (written.attempts.get(attemptId)?.version ?? 0) > live.version;
  const isErased = (attemptId: string) => written.attempts.get(attemptId)?.nickname === ERASED_NICKNAME;
  const finished = live.phase.state === "FINISHED";
  for (const [attemptId, record] of live.attempts) {
    const other = written.attempts.get(attemptId);
    if (!other) note({ kind: "attempt-not-in-history", attemptId, expected: record.version, found: null });
    else if (!isNewer(attemptId)) compareAttempts(other, record, finished || moved, note);
  }
  for (const [attemptId, { version }] of written.attempts)
    if (!live.attempts.has(attemptId) && version <= live.version)
      note({ kind: "attempt-not-in-store", attemptId, expected: version, found: null });
  for (const [key, answer] of live.answers) {
    const { attemptId, number: question } = answer;
    const other = written.answers.get(key);
    if (!other)
      note({ kind: "answer-not-in-history", attemptId, question, expected: answer.points, found: null });
    else
      compareFields(other, answer, (field, expected, found) => {
        if (isErased(attemptId) && ERASED_FIELDS.has(field)) return;
        note({ kind: "answer-field", attemptId, question, field, expected, found });
      });
  }
  for (const [key, { attemptId, number: question, points }] of written.answers)
    if (!live.answers.has(key) && !isNewer(attemptId))
      note({ kind: "answer-not-in-store", attemptId, question, expected: points, found: null });
}

/** The end of a session ends its attempts in the history; in the store, that follows from the session. */
function compareAttempts(written: AttemptRecord, live: AttemptRecord, ended: boolean, note: Note): void {
  compareFields(written, live, (field, expected, found) => {
    if (ended && (field === "status" || field === "finishedAt") && live.status === "ACTIVE") return;
    // An account that was deleted since, or a person who was erased: the store lets go of them with the session.
    if (field === "userId" && expected === null) return;
    if (field === "nickname" && expected === ERASED_NICKNAME) return;
    note({ kind: "attempt-field", attemptId: live.id, field, expected, found });
  });
}

/** Whether every version up to the store's is stored or waits (I2, I5). `stored`: the history's version, 0 for none. */
export function checkVersions(
  live: LiveSession,
  stored: number,
  waiting: readonly WaitingEntry[],
  note: Note,
): void {
  const { version, storedVersion } = live;
  if (storedVersion > version)
    note({ kind: "stored-version", field: "store", expected: version, found: storedVersion });
  const jumped = storedVersion - stored >= VERSION_JUMP;
  if (storedVersion > stored && !jumped)
    note({ kind: "stored-version", field: "history", expected: stored, found: storedVersion });
  const there = new Set(waiting.map((entry) => entry.version));
  for (let missing = Math.max(stored, storedVersion) + 1; missing <= version; missing++) {
    if (there.has(missing)) continue;
    let last = missing;
    while (last < version && !there.has(last + 1)) last++;
    note({ kind: "waiting-gap", expected: `entries ${missing} to ${last}`, found: null });
    missing = last;
  }
}
