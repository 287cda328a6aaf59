import type { Acknowledged, Refused, SeenClosing } from "./records.ts";

// All that a run leaves behind, for the checker. Ids are plain UUIDs, times milliseconds since 1970 by the store's clock.

/** When a question was to close and when it was ended, by the journal. `attemptId`: null where it is one for all. */
export interface Closing {
  readonly sessionId: string;
  readonly attemptId: string | null;
  /** The question's, in the session. */
  readonly number: number;
  /** The latest that was set. */
  readonly closesAt: number;
  /** When it was closed, by its time or by the host; null where the journal does not tell. */
  readonly endedAt: number | null;
}

/** An answer as it stands in the journal. */
export interface JournaledAnswer {
  readonly sessionId: string;
  readonly version: number;
  readonly attemptId: string;
  readonly questionId: string;
}

export interface AnswerRow {
  readonly sessionId: string;
  readonly attemptId: string;
  readonly questionId: string;
  readonly number: number;
  readonly points: number;
  readonly correct: boolean;
  readonly elapsedMs: number;
  readonly answeredAt: number;
}

export interface AttemptRow {
  readonly id: string;
  readonly sessionId: string;
  readonly status: "ACTIVE" | "FINISHED" | "REMOVED";
  readonly score: number;
  readonly reachedVersion: number;
  readonly answeredCount: number;
  readonly finalRank: number | null;
}

export interface SessionRow {
  readonly id: string;
  readonly state: string;
}

/** The leaderboard of a session, in its order, as one server gives it. */
export interface SeenLeaderboard {
  readonly server: string;
  readonly sessionId: string;
  readonly entries: readonly { readonly attemptId: string; readonly score: number; readonly rank: number }[];
}

export interface Evidence {
  readonly acknowledged: readonly Acknowledged[];
  readonly refused: readonly Refused[];
  readonly regressions: readonly string[];
  /** As clients were told. */
  readonly seenClosings: readonly SeenClosing[];
  readonly journal: {
    readonly closings: readonly Closing[];
    readonly answers: readonly JournaledAnswer[];
    /** Sessions of which entries are missing here. */
    readonly incomplete: ReadonlySet<string>;
  };
  readonly sessions: readonly SessionRow[];
  readonly attempts: readonly AttemptRow[];
  readonly answers: readonly AnswerRow[];
  readonly leaderboards: readonly SeenLeaderboard[];
}
