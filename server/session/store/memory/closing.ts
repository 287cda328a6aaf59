import type { AttemptId } from "../../../core/ids.ts";
import { withMissed } from "../../domain/attemptChanges.ts";
import { dueAt } from "../../domain/timing.ts";
import type { Due } from "./dueTimes.ts";
import type { LiveSession } from "./liveSession.ts";

/** Closes the question on screen if the session asks for that as soon as nobody is left to answer it. */
export function closeIfAllAnswered(session: LiveSession): void {
  const { setup, phase } = session;
  if (!setup.closeWhenAllAnswered || phase.state !== "QUESTION_OPEN" || !session.allAnswered) return;
  session.happen({ kind: "all-answered", number: phase.question.number });
}

/** SELF_PACED: counts the question that an attempt faces as missed, if its time is over. */
export function missIfOver(session: LiveSession, attemptId: AttemptId): void {
  const record = session.roster.seat(attemptId)?.record;
  if (session.phase.state !== "RUNNING" || !record?.facing) return;
  const moment = session.nextMoment();
  if (moment.now < dueAt(record.facing)) return;
  session.changeAttempt(withMissed(record, session.setup.questions, moment), "attempt");
}

/** Whether what was expected is still to come, at the time at which it was expected. */
export function isStillDue(due: Due, session: LiveSession): boolean {
  const { phase } = session;
  switch (due.kind) {
    case "question":
      return (
        phase.state === "QUESTION_OPEN" &&
        phase.question.number === due.number &&
        dueAt(phase.question) === due.at
      );
    case "facing": {
      const facing = session.roster.seat(due.attemptId)?.record.facing;
      return phase.state === "RUNNING" && facing?.number === due.number && dueAt(facing) === due.at;
    }
    case "abandoned":
      return phase.state !== "FINISHED" && session.keptUntil === due.at;
    case "forgotten":
      return phase.state === "FINISHED" && session.keptUntil === due.at;
  }
}
