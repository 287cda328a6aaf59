import type { Phase } from "../../domain/session.ts";
import { ABANDONED_AFTER_MS, FORGOTTEN_AFTER_MS, HOMEWORK_ABANDONED_AFTER_MS } from "../keeping.ts";

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
