import type { ChoiceId, QuestionId, QuizId, QuizVersionId, UserId } from "../core/ids.ts";

export const CEFR_LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
export const VISIBILITIES = ["PRIVATE", "PUBLIC"] as const;
export const QUESTION_KINDS = ["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TYPED", "ORDER"] as const;

export type CefrLevel = (typeof CEFR_LEVELS)[number];
export type Visibility = (typeof VISIBILITIES)[number];
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** A quiz without its questions, as lists show it. */
export interface Quiz {
  readonly id: QuizId;
  readonly ownerId: UserId;
  readonly visibility: Visibility;
  readonly title: string;
  readonly description: string | null;
  readonly level: CefrLevel | null;
  readonly questionCount: number;
  /** Where its questions are, as of the last edit. */
  readonly versionId: QuizVersionId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Choice {
  readonly id: ChoiceId;
  readonly text: string;
  /** In ORDER every part belongs, so all are correct. */
  readonly correct: boolean;
}

/** A question with its solution, as it is stored. The choices of ORDER stand in their right order. */
export interface Question {
  readonly id: QuestionId;
  readonly kind: QuestionKind;
  readonly prompt: string;
  readonly choices: readonly Choice[];
  readonly acceptedAnswers: readonly string[];
  readonly timeLimitSeconds: number;
  readonly points: number;
  readonly explanation: string | null;
}
