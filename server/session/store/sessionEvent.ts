import type { AttemptId, SessionId } from "../../core/ids.ts";

/** The announcement that a session is at a version: small, because whoever needs more reads the newest state. */
export interface SessionEvent {
  readonly sessionId: SessionId;
  readonly version: number;
  /**
   * "state": the state or the question changed. "standings": a join, an answer or a removal moved the standings and
   * counts. "attempt": nothing changed but one attempt.
   */
  readonly kind: "state" | "standings" | "attempt";
  /** The attempt that was changed, if one was. */
  readonly attemptId: AttemptId | null;
}
