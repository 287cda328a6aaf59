import type { AttemptId, QuestionId } from "../core/ids.ts";
import type { ContentQuestion } from "../session/index.ts";

/** An attempt as it stands in a file; numbers as PostgreSQL writes them, moments as ISO 8601. */
export interface ExportedAttempt {
  readonly id: AttemptId;
  readonly sessionId: string;
  readonly sessionCode: string;
  readonly pacing: string;
  readonly scoring: string;
  readonly sessionState: string;
  readonly sessionCreatedAt: string;
  readonly sessionFinishedAt: string | null;
  readonly quizId: string;
  readonly quizVersionId: string;
  readonly quizTitle: string;
  readonly userId: string | null;
  readonly nickname: string;
  readonly status: string;
  readonly score: string;
  readonly rank: string;
  readonly answeredCount: string;
  readonly correctCount: string;
  /** How many questions are over for the player, from the first on: all that may be told of. */
  readonly questionsOver: number;
  readonly joinedAt: string;
  readonly finishedAt: string | null;
}

/** A question of a version of a quiz, with what files say of it. */
export interface ExportedQuestion {
  readonly id: QuestionId;
  readonly number: number;
  readonly question: ContentQuestion;
  readonly rightAnswer: string;
  /** Answers that were picked before, by how PostgreSQL writes the ids of the choices. */
  readonly picked: Map<string, GivenAnswer>;
}

/** What a player gave, in words. */
export interface GivenAnswer {
  /** In the player's order for ORDER, else in the question's. */
  readonly choiceIds: readonly string[];
  readonly text: string;
}

/** How an answer was judged; numbers as PostgreSQL writes them. */
export interface ExportedAnswer {
  readonly correct: boolean;
  readonly share: string;
  readonly points: string;
  readonly basePoints: string;
  readonly speed: string;
  readonly streak: string;
  readonly streakBonus: string;
  readonly elapsedMs: string;
  readonly answeredAt: string;
}

/** One question that is over for one player: what they gave, or that they gave nothing. */
export interface AnswerRow {
  readonly attempt: ExportedAttempt;
  readonly question: ExportedQuestion;
  readonly given: GivenAnswer;
  /** Null where the question was skipped. */
  readonly answer: ExportedAnswer | null;
}
