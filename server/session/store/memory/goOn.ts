import { withFacing } from "../../domain/attemptChanges.ts";
import { extended } from "../../domain/timing.ts";
import { closeIfAllAnswered } from "./closing.ts";
import type { LiveSession } from "./liveSession.ts";

/** Makes a session that was just restored go on: what the lost memory had not finished, and the time lost with it. */
export function goOn(session: LiveSession, gapMs: number): void {
  // The last answer may have been kept, and the closing that followed it not.
  closeIfAllAnswered(session);
  if (gapMs <= 0) return;
  const { phase } = session;
  if (phase.state === "QUESTION_OPEN") {
    session.changePhase({ ...phase, question: extended(phase.question, gapMs) });
  }
  if (phase.state !== "RUNNING") return;
  for (const record of session.roster.records) {
    if (!record.facing) continue;
    const facing = extended(record.facing, gapMs);
    session.changeAttempt(withFacing(record, facing, session.nextMoment()), "attempt");
  }
}
