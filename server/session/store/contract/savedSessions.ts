import type { AttemptId, SessionId } from "../../../core/ids.ts";
import type { AnswerRecord, AttemptRecord, Phase, SessionSetup } from "../../domain/session.ts";
import type { JournalEntry } from "../journal.ts";
import type { SavedSession } from "../liveStore.ts";

interface Saving {
  readonly setup: SessionSetup;
  version: number;
  phase: Phase;
  readonly attempts: Map<AttemptId, AttemptRecord>;
  readonly answers: Map<string, AnswerRecord>;
}

/** The sessions that a journal's entries make: what a reader of PostgreSQL would find. */
export function savedSessions(entries: readonly JournalEntry[]): readonly SavedSession[] {
  const sessions = new Map<SessionId, Saving>();
  for (const entry of entries) {
    if (entry.kind === "opened") sessions.set(entry.sessionId, opened(entry.setup));
    const session = sessions.get(entry.sessionId);
    if (!session)
      throw new Error(`The journal has an entry of a session that it never opened: ${entry.sessionId}`);
    session.version = entry.version;
    if (entry.kind === "phase") session.phase = entry.phase;
    if ("attempt" in entry) session.attempts.set(entry.attempt.id, entry.attempt);
    if ("answer" in entry)
      session.answers.set(`${entry.answer.attemptId} ${entry.answer.number}`, entry.answer);
  }
  return Array.from(sessions.values(), ({ attempts, answers, ...rest }) => ({
    ...rest,
    attempts: [...attempts.values()],
    answers: [...answers.values()],
  }));
}

function opened(setup: SessionSetup): Saving {
  return { setup, version: 0, phase: { state: "LOBBY" }, attempts: new Map(), answers: new Map() };
}
