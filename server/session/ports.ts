import type { AttemptId, QuizId, QuizVersionId, SessionId, UserId } from "../core/ids.ts";
import type { SessionContent } from "./domain/content.ts";
import type { AttemptSnapshot, SessionSnapshot, Standings } from "./domain/session.ts";
import type { SessionEvent } from "./store/sessionEvent.ts";

/** Where the questions of a session come from. */
export interface ContentSource {
  /** A version's content, null where there is none. Versions never change, so it may be kept as long as one likes. */
  load(id: QuizVersionId): Promise<SessionContent | null>;
  /**
   * The newest content of a quiz, for those who may run it.
   * @throws NotFoundError, ForbiddenError
   */
  forNewSession(quizId: QuizId, userId: UserId): Promise<SessionContent>;
}

/** Sessions that the live store no longer keeps, read from PostgreSQL. */
export interface SessionArchive {
  byId(id: SessionId): Promise<SessionSnapshot | null>;
  /** The newest session that had this code. */
  byCode(code: string): Promise<SessionSnapshot | null>;
  standings(id: SessionId, first: number): Promise<Standings | null>;
  attempt(id: AttemptId): Promise<AttemptSnapshot | null>;
}

/** Something may have been missed: the session has come to this version, and what changed on the way is not known. */
export interface MissedChanges {
  readonly kind: "missed";
  readonly sessionId: SessionId;
  readonly version: number;
}

export type SessionNotice = SessionEvent | MissedChanges;

/**
 * The announcements of changes, from whichever server they happened on. Events may be lost, doubled or late; where
 * some were lost, either the next event's version skips, or a notice of missed changes comes within about two seconds.
 */
export interface SessionEvents {
  /** Calls `listener` for each notice of the session until the returned function is called. */
  subscribe(sessionId: SessionId, listener: (notice: SessionNotice) => void): () => void;
}

/** Makes the token that binds a player to their attempt. */
export interface PlayerTokenIssuer {
  issue(claims: { readonly attemptId: AttemptId; readonly sessionId: SessionId }): Promise<string>;
}
