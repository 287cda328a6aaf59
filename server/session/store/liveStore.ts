import type { AttemptId, QuestionId, SessionId, UserId } from "../../core/ids.ts";
import type { Share } from "../domain/answerChecking.ts";
import type {
  AnswerRecord,
  AttemptRecord,
  AttemptSnapshot,
  GivenAnswer,
  Pacing,
  Phase,
  SessionSetup,
  SessionSnapshot,
  SessionStateName,
  Standings,
} from "../domain/session.ts";

/** One submitted answer, judged: the store adds time, points and streak. */
export interface Submission {
  readonly attemptId: AttemptId;
  readonly questionId: QuestionId;
  readonly given: GivenAnswer;
  readonly fingerprint: string;
  readonly tallyKeys: readonly string[];
  readonly correct: boolean;
  readonly share: Share;
}

export interface NewAttempt {
  readonly id: AttemptId;
  readonly userId: UserId | null;
  /** As it is shown. */
  readonly nickname: string;
  /** Equal for nicknames that may not stand beside each other. */
  readonly nicknameKey: string;
  /** What to suggest where the nickname is taken, best first, as nickname and key; asked for only then. */
  readonly alternatives: Iterable<{ readonly nickname: string; readonly key: string }>;
}

export type JoinOutcome =
  | { readonly kind: "joined"; readonly attempt: AttemptSnapshot; readonly session: SessionSnapshot }
  /** `suggestion`: the first alternative that is free, null where none is. */
  | { readonly kind: "nickname-taken"; readonly suggestion: string | null }
  | { readonly kind: "finished" }
  | { readonly kind: "full"; readonly limit: number }
  | { readonly kind: "not-found" };

export type SubmitOutcome =
  | {
      /** `repeated`: the same answer was recorded before, and this is its result unchanged. */
      readonly kind: "recorded" | "repeated";
      readonly answer: AnswerRecord;
      readonly attempt: AttemptSnapshot;
    }
  | { readonly kind: "already-answered"; readonly answer: AnswerRecord }
  | { readonly kind: "not-open" }
  | { readonly kind: "removed" }
  | { readonly kind: "not-found" };

/** Attempts as they all stand at one version of their session. */
export interface AttemptsReading {
  readonly version: number;
  readonly attempts: readonly AttemptSnapshot[];
}

/** Where everyone stands at one version of the session, and what else of the session shows on their attempts. */
export interface Ranks {
  readonly version: number;
  readonly phase: Phase;
  readonly pacing: Pacing;
  /** Of everyone who was not removed. `rank`: from 1; equal scores share one. */
  readonly of: ReadonlyMap<AttemptId, { readonly rank: number; readonly score: number }>;
}

/** What may be done to a session or one of its attempts, besides joining and answering. */
export type Command =
  | { readonly kind: "start" }
  /** `after`: only if that is the question on screen; otherwise nothing changes. */
  | { readonly kind: "next"; readonly after: QuestionId | null }
  | { readonly kind: "close" }
  | { readonly kind: "finish" }
  | { readonly kind: "remove"; readonly attemptId: AttemptId }
  /** SELF_PACED: the player asks for their next question; its time begins with the first asking. */
  | { readonly kind: "hand-out"; readonly attemptId: AttemptId };

export type CommandOutcome =
  | { readonly kind: "done" | "unchanged"; readonly session: SessionSnapshot }
  | { readonly kind: "refused"; readonly state: SessionStateName }
  | { readonly kind: "not-found" };

/** Everything of a session, as it is read back from PostgreSQL. */
export interface SavedSession {
  readonly setup: SessionSetup;
  readonly version: number;
  readonly phase: Phase;
  readonly attempts: readonly AttemptRecord[];
  readonly answers: readonly AnswerRecord[];
}

/**
 * The running sessions. Each method is one atomic step, judged by the store's own clock, and each is idempotent
 * under a retry. What a promise brings is durable: the journal has it in safe keeping, and no crash takes it back.
 * After each change, and only then, the change is announced on the session's topic.
 *
 * Methods reject with an UnavailableError (core/refusals.ts) where the store cannot do it just now: it cannot be reached,
 * does not answer in time, has no memory left for the change, or is still being put together after a loss. Whether a
 * change was made is not known then; asking the same again is safe. Anything else that they reject with is a bug.
 */
export interface LiveStore {
  /** Opens a lobby. "code-taken": an unfinished session has this code. */
  create(setup: SessionSetup): Promise<"created" | "code-taken">;
  /** By id, or the unfinished session that has the code; null where there is none, or it is no longer kept. */
  read(key: { readonly id: SessionId } | { readonly code: string }): Promise<SessionSnapshot | null>;
  /** The best `first` of the standings. */
  standings(id: SessionId, first: number): Promise<Standings | null>;
  attempt(id: SessionId, attemptId: AttemptId): Promise<AttemptSnapshot | null>;
  /** Several attempts, a few hundred at most, in one round trip; in no order, and without those that are not there. */
  attempts(id: SessionId, attemptIds: readonly AttemptId[]): Promise<AttemptsReading | null>;
  /** Everyone's rank in one round trip: for many attempts that changed in nothing else, much cheaper than to read them. */
  ranks(id: SessionId): Promise<Ranks | null>;
  /**
   * The session of an attempt, from the attempt's id alone. Null: not known here (any more), and to be looked for in
   * PostgreSQL, where it has been for long then.
   */
  sessionOfAttempt(attemptId: AttemptId): Promise<SessionId | null>;
  join(id: SessionId, attempt: NewAttempt): Promise<JoinOutcome>;
  submit(id: SessionId, submission: Submission): Promise<SubmitOutcome>;
  command(id: SessionId, command: Command): Promise<CommandOutcome>;
  /**
   * Closes every question (host-paced: the session's; self-paced: an attempt's) whose deadline and forgiveness are
   * over, each once. Gives the time at which the next one is due, null where none is.
   */
  closeDue(): Promise<number | null>;
}

export interface RestoreOptions {
  /**
   * How far the version moves ahead, 0 unless told: where changes may be lost that clients have seen, versions must
   * not come back with other contents. The first change after it, which is made at once, carries it into the journal.
   */
  readonly versionJump?: number;
}

/** How a store that lost its memory gets a session back. */
export interface RestorableStore extends LiveStore {
  /**
   * Puts a saved session back, unless the store has it at the same or a newer version.
   * `gapMs`: how long nobody could answer; the times of open questions move by it.
   */
  restore(saved: SavedSession, gapMs: number, options?: RestoreOptions): Promise<void>;
}
