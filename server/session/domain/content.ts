import type { ChoiceId, QuestionId, QuizId, QuizVersionId } from "../../core/ids.ts";
import type { PlannedQuestion } from "./session.ts";

export type QuestionKind = "SINGLE_CHOICE" | "MULTIPLE_CHOICE" | "TYPED" | "ORDER";

export interface ContentChoice {
  readonly id: ChoiceId;
  readonly text: string;
  readonly correct: boolean;
}

/** A question with its solution. The choices of ORDER stand in their right order. */
export interface ContentQuestion {
  readonly id: QuestionId;
  readonly kind: QuestionKind;
  readonly prompt: string;
  readonly choices: readonly ContentChoice[];
  readonly acceptedAnswers: readonly string[];
  readonly timeLimitMs: number;
  readonly points: number;
  readonly explanation: string | null;
}

/** What a session plays: one version of a quiz, which never changes. */
export interface SessionContent {
  readonly quizVersionId: QuizVersionId;
  readonly quizId: QuizId;
  readonly title: string;
  readonly questions: readonly ContentQuestion[];
}

/** The part of a content that the game needs to run: no prompt, no solution. */
export function plannedQuestions(content: SessionContent): readonly PlannedQuestion[] {
  return content.questions.map(({ id, timeLimitMs, points }) => ({ id, timeLimitMs, points }));
}
