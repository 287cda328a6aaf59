import { withAnswer } from "../../domain/attemptChanges.ts";
import type { AnswerRecord, AttemptRecord, OpenedQuestion } from "../../domain/session.ts";
import { elapsedAt } from "../../domain/timing.ts";
import type { Submission, SubmitOutcome } from "../liveStore.ts";
import { closeIfAllAnswered } from "./closing.ts";
import type { LiveSession } from "./liveSession.ts";

/** Records an answer, once, if the question is open to this attempt; whatever was recorded before stays as it is. */
export function takeAnswer(session: LiveSession, submission: Submission): SubmitOutcome {
  const { attemptId, questionId, fingerprint } = submission;
  const record = session.roster.seat(attemptId)?.record;
  const number = session.setup.questions.findIndex(({ id }) => id === questionId) + 1;
  if (!record || number === 0) return { kind: "not-found" };
  if (record.status === "REMOVED") return { kind: "removed" };

  const before = session.roster.answer(attemptId, questionId);
  if (before) {
    return before.fingerprint === fingerprint
      ? result(session, "repeated", before)
      : { kind: "already-answered", answer: before };
  }

  const moment = session.nextMoment();
  const open = openTo(session, record);
  const elapsedMs = open?.number === number ? elapsedAt(open, moment.now) : null;
  if (elapsedMs === null) return { kind: "not-open" };

  const taken = withAnswer(record, { ...submission, number, elapsedMs }, session.setup, moment);
  session.addAnswer(taken.attempt, taken.answer);
  closeIfAllAnswered(session);
  return result(session, "recorded", taken.answer);
}

/** The question that this attempt may answer now, its time aside. */
function openTo({ phase }: LiveSession, record: AttemptRecord): OpenedQuestion | null {
  switch (phase.state) {
    case "QUESTION_OPEN":
      return phase.question;
    case "RUNNING":
      return record.facing;
    case "LOBBY":
    case "QUESTION_CLOSED":
    case "FINISHED":
      return null;
  }
}

function result(session: LiveSession, kind: "recorded" | "repeated", answer: AnswerRecord): SubmitOutcome {
  const attempt = session.attemptSnapshot(answer.attemptId);
  if (!attempt) throw new Error("An answer belongs to an attempt that is not there");
  return { kind, answer, attempt };
}
