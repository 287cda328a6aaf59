import type { ReportStatisticsFragment } from "../../../graphql/generated/graphql.ts";

export type ReportStatistics = ReportStatisticsFragment;
export type QuestionFigures = ReportStatistics["questions"][number];
export type ChoiceFigures = QuestionFigures["choices"][number];

/** What the statistics do not say of a question, where it is known. */
export interface QuestionDetails {
  readonly id: string;
  readonly timeLimitSeconds: number;
  /** The most frequent typed answers. */
  readonly texts: readonly { readonly text: string; readonly count: number; readonly correct: boolean }[];
}

/** A question of a report: its place in the quiz, its figures, and its details. */
export interface ReportedQuestion extends QuestionFigures {
  /** From 1. */
  readonly number: number;
  readonly timeLimitSeconds: number | null;
  readonly texts: QuestionDetails["texts"];
}

/** The questions of a report, in their order. */
export function reportedQuestions(
  figures: readonly QuestionFigures[],
  details: readonly QuestionDetails[],
): ReportedQuestion[] {
  const known = new Map(details.map((detail) => [detail.id, detail]));
  return figures.map((question, index) => ({
    ...question,
    number: index + 1,
    timeLimitSeconds: known.get(question.questionId)?.timeLimitSeconds ?? null,
    texts: known.get(question.questionId)?.texts ?? [],
  }));
}
