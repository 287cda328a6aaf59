import { withFacing } from "../../domain/attemptChanges.ts";
import { extended } from "../../domain/timing.ts";
import { closeIfAllAnswered } from "./closing.ts";
import type { LiveSession } from "./liveSession.ts";

interface Restored {
  /** How long nobody could answer. */
  readonly gapMs: number;
  /** How far its version was moved ahead; a change carries that into the journal. */
  readonly versionJump: number;
}

/** Makes a session that was just restored go on: what the lost memory had not finished, and the time lost with it. */
export function goOn(session: LiveSession, { gapMs, versionJump }: Restored): void {
  const { version } = session;
  // The last answer may have been kept, and the closing that followed it not.
  closeIfAllAnswered(session);
  const { phase } = session;
  if (phase.state === "QUESTION_OPEN" && gapMs > 0) {
    session.changePhase({ ...phase, question: extended(phase.question, gapMs) });
  }
  if (versionJump > 0 && session.version === version) session.changePhase(phase);
  if (phase.state !== "RUNNING" || gapMs <= 0) return;
  for (const record of session.roster.records) {
    if (!record.facing) continue;
    const facing = extended(record.facing, gapMs);
    session.changeAttempt(withFacing(record, facing, session.nextMoment()), "attempt");
  }
}
