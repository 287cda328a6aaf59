import type {
  AnswerRecord,
  AttemptRecord,
  AttemptSnapshot,
  AttemptStatus,
  Pacing,
  Phase,
} from "./session.ts";

/** How many questions, from the first on, are over for an attempt: answered or not, nothing can change there. */
export function questionsOver(
  record: Pick<AttemptRecord, "overCount">,
  phase: Phase,
  pacing: Pacing,
): number {
  if (pacing === "SELF_PACED") return record.overCount;
  switch (phase.state) {
    case "LOBBY":
    case "RUNNING":
      return 0;
    case "QUESTION_OPEN":
      return phase.question.number - 1;
    case "QUESTION_CLOSED":
      return phase.question.number;
    case "FINISHED":
      return phase.asked;
  }
}

/** Right answers in a row, as of now: a question that passed unanswered breaks them, without a change of the record. */
export function streakAfter(record: Pick<AttemptRecord, "streak" | "streakNumber">, over: number): number {
  return over > record.streakNumber ? 0 : record.streak;
}

/** An attempt as it stands at a phase of its session. `rank` as the standings give it; ignored for a removed one. */
export function viewAttempt(view: {
  readonly record: AttemptRecord;
  readonly answers: readonly AnswerRecord[];
  readonly rank: number;
  readonly phase: Phase;
  readonly pacing: Pacing;
}): AttemptSnapshot {
  const { record, answers, phase, pacing } = view;
  const removed = record.status === "REMOVED";
  return {
    record,
    answers,
    rank: removed ? 0 : view.rank,
    streak: streakAfter(record, questionsOver(record, phase, pacing)),
    status: statusIn(record, phase),
    finishedAt: record.finishedAt ?? (!removed && phase.state === "FINISHED" ? phase.finishedAt : null),
  };
}

function statusIn(record: AttemptRecord, phase: Phase): AttemptStatus {
  return record.status === "ACTIVE" && phase.state === "FINISHED" ? "FINISHED" : record.status;
}
