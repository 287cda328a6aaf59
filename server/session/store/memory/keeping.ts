import type { Phase } from "../../domain/session.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a session that nobody finishes lasts after its last change. Homework may lie for weeks. */
const ABANDONED_AFTER_MS = DAY_MS;
const HOMEWORK_ABANDONED_AFTER_MS = 30 * DAY_MS;
/** How long a finished session stays at hand; after that it is read from the history. */
const FORGOTTEN_AFTER_MS = HOUR_MS;

/** When a session is finished for want of a host, or forgotten once it is finished; milliseconds since 1970. */
export function keptUntil(phase: Phase, changedAt: number): number {
  switch (phase.state) {
    case "LOBBY":
    case "QUESTION_OPEN":
    case "QUESTION_CLOSED":
      return changedAt + ABANDONED_AFTER_MS;
    case "RUNNING":
      return changedAt + HOMEWORK_ABANDONED_AFTER_MS;
    case "FINISHED":
      return phase.finishedAt + FORGOTTEN_AFTER_MS;
  }
}
