import type {
  AttemptId,
  ChoiceId,
  QuestionId,
  QuizId,
  QuizVersionId,
  SessionId,
  UserId,
} from "../../core/ids.ts";

export type Pacing = "HOST_PACED" | "SELF_PACED";
export type ScoringName = "CLASSIC" | "ACCURACY";
export type AttemptStatus = "ACTIVE" | "FINISHED" | "REMOVED";

/** Scoring as data. Times in milliseconds, `speedShare` from 0 to 1. */
export interface ScoringRules {
  readonly speedShare: number;
  readonly fullUnderMs: number;
  readonly streakStep: number;
  readonly streakCap: number;
}

/** A question that has been opened, by its number from 1. Times in milliseconds since 1970, the store's clock. */
export interface OpenedQuestion {
  readonly number: number;
  readonly opensAt: number;
  /** The deadline; of a question that was closed before it, when that was. */
  readonly closesAt: number;
}

/** The state of a session; each state has only its own fields. */
export type Phase =
  | { readonly state: "LOBBY" }
  | { readonly state: "QUESTION_OPEN"; readonly question: OpenedQuestion }
  | { readonly state: "QUESTION_CLOSED"; readonly question: OpenedQuestion }
  | { readonly state: "RUNNING" }
  | {
      readonly state: "FINISHED";
      readonly finishedAt: number;
      /** How many questions were opened before the end; SELF_PACED, all or, where it never ran, none. */
      readonly asked: number;
    };

export type SessionStateName = Phase["state"];

/** What the game must know of a question to run; never its solution. */
export interface PlannedQuestion {
  readonly id: QuestionId;
  readonly timeLimitMs: number;
  readonly points: number;
}

/** What never changes in a session. */
export interface SessionSetup {
  readonly id: SessionId;
  readonly code: string;
  readonly hostId: UserId;
  readonly quizId: QuizId;
  readonly quizVersionId: QuizVersionId;
  readonly quizTitle: string;
  readonly pacing: Pacing;
  readonly scoring: ScoringName;
  readonly closeWhenAllAnswered: boolean;
  /** Secret randomness that shuffles the choices of ORDER; never leaves the server. */
  readonly seed: string;
  readonly createdAt: number;
  readonly questions: readonly PlannedQuestion[];
}

/** A session as everyone may see it, at one version. */
export interface SessionSnapshot {
  readonly setup: SessionSetup;
  readonly version: number;
  /** The version up to which every change is in PostgreSQL; never above `version`. */
  readonly storedVersion: number;
  readonly phase: Phase;
  readonly playerCount: number;
  /** HOST_PACED: how many answered the question on screen, and how the answers fell, by tally key. */
  readonly answerCount: number;
  readonly correctCount: number;
  readonly tally: Readonly<Record<string, number>>;
  /** The store's clock when this was read. */
  readonly now: number;
}

/** One player's run, as stored. The journal carries exactly this. */
export interface AttemptRecord {
  readonly id: AttemptId;
  readonly sessionId: SessionId;
  readonly userId: UserId | null;
  readonly nickname: string;
  readonly status: AttemptStatus;
  readonly score: number;
  /** The session's version at which the score was reached: the earlier one ranks first among equals. */
  readonly reachedVersion: number;
  readonly answeredCount: number;
  readonly correctCount: number;
  /** Right answers in a row, and the number of the question that gave the last of them. */
  readonly streak: number;
  readonly streakNumber: number;
  readonly joinedAt: number;
  readonly finishedAt: number | null;
  /** SELF_PACED: the question the player faces; null while it was not yet handed out, or there is none. */
  readonly facing: OpenedQuestion | null;
  /** SELF_PACED: how many questions are over for this player, answered or missed. */
  readonly overCount: number;
  /** The session's version of the last change of this record. */
  readonly version: number;
}

/** What a player gave, in the form that is stored. */
export interface GivenAnswer {
  readonly choiceIds: readonly ChoiceId[];
  readonly text: string | null;
}

/** How points came about; see scoring.ts for the formula. */
export interface PointsBreakdown {
  readonly base: number;
  readonly speed: number;
  readonly share: number;
  readonly streak: number;
  readonly streakBonus: number;
}

export interface AnswerRecord {
  readonly attemptId: AttemptId;
  readonly sessionId: SessionId;
  readonly questionId: QuestionId;
  /** Number of the question, from 1. */
  readonly number: number;
  readonly given: GivenAnswer;
  /** Equal for equal answers: what tells a retry from a second answer. */
  readonly fingerprint: string;
  readonly tallyKeys: readonly string[];
  readonly correct: boolean;
  readonly points: number;
  readonly breakdown: PointsBreakdown;
  readonly elapsedMs: number;
  readonly answeredAt: number;
}

/** An attempt as it stands among the others. */
export interface AttemptSnapshot {
  readonly record: AttemptRecord;
  /** 1 for the best; 0 where the attempt was removed. */
  readonly rank: number;
  /** The record's streak, or 0 where a question passed without a right answer since. */
  readonly streak: number;
  /** ACTIVE becomes FINISHED with the session. */
  readonly status: AttemptStatus;
  readonly finishedAt: number | null;
  /** In the order of the questions. */
  readonly answers: readonly AnswerRecord[];
}

export interface StandingsEntry {
  readonly rank: number;
  readonly attemptId: AttemptId;
  readonly nickname: string;
  readonly score: number;
  readonly correctCount: number;
}

export interface Standings {
  readonly version: number;
  readonly playerCount: number;
  /** Best first. */
  readonly entries: readonly StandingsEntry[];
}
