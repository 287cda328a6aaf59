import { answerRecordOf, attemptRecordOf, phaseOf } from "../journal/index.ts";
import type { AnswerRecord, AttemptRecord, Phase } from "../session/domain/session.ts";
import type { SessionHistory } from "./readHistory.ts";
import type { WaitingEntry } from "./readLive.ts";

/** What the history has, or will have once what waits is written. */
export interface Written {
  readonly version: number;
  readonly phase: Phase | null;
  /** The version of the phase. */
  readonly phaseVersion: number;
  readonly attempts: ReadonlyMap<string, AttemptRecord>;
  /** By "<attempt id>:<number of the question>". */
  readonly answers: ReadonlyMap<string, AnswerRecord>;
}

/** Null where neither knows the session. `upTo`: later entries are not looked at. */
export function writtenOf(
  { session, attempts, answers }: SessionHistory,
  waiting: readonly WaitingEntry[],
  upTo: number,
): Written | null {
  let version = session?.version ?? 0;
  let phase = session ? phaseOf(session) : null;
  let phaseVersion = session?.stateVersion ?? 0;
  const attemptsById = new Map<string, AttemptRecord>(attempts.map((row) => [row.id, attemptRecordOf(row)]));
  const answersByKey = new Map<string, AnswerRecord>();
  for (const row of answers) answersByKey.set(`${row.attemptId}:${row.number}`, answerRecordOf(row));
  let known = session !== null;
  for (const { entry } of waiting) {
    if (!entry || entry.version > upTo) continue;
    version = Math.max(version, entry.version);
    if (entry.kind === "opened") {
      known = true;
      phase ??= { state: "LOBBY" };
    }
    if (entry.kind === "phase" && entry.version > phaseVersion)
      [phase, phaseVersion] = [entry.phase, entry.version];
    if ("attempt" in entry) {
      const { attempt } = entry;
      if ((attemptsById.get(attempt.id)?.version ?? 0) < attempt.version)
        attemptsById.set(attempt.id, attempt);
    }
    if ("answer" in entry) {
      const key = `${entry.answer.attemptId}:${entry.answer.number}`;
      if (!answersByKey.has(key)) answersByKey.set(key, entry.answer);
    }
  }
  return known ? { version, phase, phaseVersion, attempts: attemptsById, answers: answersByKey } : null;
}
