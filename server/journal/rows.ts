import type { AnswerRecord, AttemptRecord, Phase } from "../session/domain/session.ts";
import type { JournalEntry } from "../session/store/journal.ts";

type Opened = Extract<JournalEntry, { kind: "opened" }>;

/** The state of a session at a version, as its row holds it. */
export interface PhaseRow {
  readonly sessionId: string;
  readonly version: number;
  readonly phase: Phase;
}

/** What a batch of entries comes to, each row once and as it is after the batch. */
export interface BatchRows {
  readonly opened: readonly Opened[];
  readonly phases: readonly PhaseRow[];
  readonly attempts: readonly AttemptRecord[];
  readonly answers: readonly AnswerRecord[];
  /** The newest version of each session in the batch. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Folds entries into rows. Later versions win, whatever the order of the entries. */
export function rowsOf(entries: readonly JournalEntry[]): BatchRows {
  const opened: Opened[] = [];
  const phases = new Map<string, PhaseRow>();
  const attempts = new Map<string, AttemptRecord>();
  const answers: AnswerRecord[] = [];
  const versions = new Map<string, number>();

  const keepPhase = (row: PhaseRow) => {
    const kept = phases.get(row.sessionId);
    if (!kept || kept.version < row.version) phases.set(row.sessionId, row);
  };
  const keepAttempt = (record: AttemptRecord) => {
    const kept = attempts.get(record.id);
    if (!kept || kept.version < record.version) attempts.set(record.id, record);
  };

  for (const entry of entries) {
    versions.set(entry.sessionId, Math.max(versions.get(entry.sessionId) ?? 0, entry.version));
    switch (entry.kind) {
      case "opened":
        opened.push(entry);
        break;
      case "phase":
        keepPhase({ sessionId: entry.sessionId, version: entry.version, phase: entry.phase });
        break;
      case "attempt":
        keepAttempt(entry.attempt);
        break;
      case "answer":
        keepAttempt(entry.attempt);
        answers.push(entry.answer);
        break;
    }
  }
  return { opened, phases: [...phases.values()], attempts: [...attempts.values()], answers, versions };
}

/** The columns of a session's row that tell its state. */
export interface PhaseColumns {
  readonly state: Phase["state"];
  readonly questionNumber: number | null;
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  readonly finishedAt: number | null;
}

export function phaseToColumns(phase: Phase): PhaseColumns {
  const none = { questionNumber: null, opensAt: null, closesAt: null, finishedAt: null };
  switch (phase.state) {
    case "LOBBY":
    case "RUNNING":
      return { ...none, state: phase.state };
    case "QUESTION_OPEN":
    case "QUESTION_CLOSED":
      return {
        ...none,
        state: phase.state,
        questionNumber: phase.question.number,
        opensAt: phase.question.opensAt,
        closesAt: phase.question.closesAt,
      };
    case "FINISHED":
      return { ...none, state: phase.state, questionNumber: phase.asked, finishedAt: phase.finishedAt };
  }
}

/** The inverse of `phaseToColumns`. Throws where the columns do not make a state: the row is damaged. */
export function columnsToPhase(row: PhaseColumns): Phase {
  switch (row.state) {
    case "LOBBY":
    case "RUNNING":
      return { state: row.state };
    case "QUESTION_OPEN":
    case "QUESTION_CLOSED":
      if (row.questionNumber === null || row.opensAt === null || row.closesAt === null) break;
      return {
        state: row.state,
        question: { number: row.questionNumber, opensAt: row.opensAt, closesAt: row.closesAt },
      };
    case "FINISHED":
      if (row.finishedAt === null) break;
      return { state: "FINISHED", finishedAt: row.finishedAt, asked: row.questionNumber ?? 0 };
  }
  throw new Error(`A session's row says ${row.state} without what belongs to it`);
}
