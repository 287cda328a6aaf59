import type { QuestionStatistics, QuizStatistics } from "../../history/index.ts";
import type { ApiIds } from "../apiIds.ts";
import { type Column, part, type Table } from "../column.ts";

/** Statistics, and of what they are. */
export interface StatisticsOf {
  readonly quizId: string;
  readonly sessionId: string | null;
  readonly statistics: QuizStatistics;
}

export interface StatisticsRow {
  readonly of: StatisticsOf;
  readonly number: number;
  readonly question: QuestionStatistics;
}

export interface DistractorRow extends StatisticsRow {
  readonly choice: QuestionStatistics["choices"][number];
}

const wholeColumns = (ids: ApiIds): readonly Column<StatisticsOf>[] => [
  { name: "quiz_id", type: "ID", description: "The quiz.", read: ({ quizId }) => ids.write("Quiz", quizId) },
  {
    name: "session_id",
    type: "ID",
    description: "The session, where the figures are those of one; else empty.",
    read: ({ sessionId }) => (sessionId === null ? null : ids.write("Session", sessionId)),
  },
  {
    name: "selection",
    type: "WORD",
    description: "FIRST: each account's first attempt, and all without an account; ALL: every attempt.",
    read: ({ statistics }) => statistics.selection,
  },
  {
    name: "attempt_count",
    type: "INTEGER",
    description:
      "How many finished attempts are counted: n of discrimination, effective_weight and the figures of the whole.",
    read: ({ statistics }) => statistics.attemptCount,
  },
];

const questionIdColumns = (ids: ApiIds): readonly Column<StatisticsRow>[] => [
  {
    name: "question_number",
    type: "INTEGER",
    description: "The question's place in the quiz, from 1.",
    read: ({ number }) => number,
  },
  {
    name: "question_id",
    type: "ID",
    description: "The question.",
    read: ({ question }) => ids.write("Question", question.questionId),
  },
  { name: "prompt", type: "TEXT", description: "What is asked.", read: ({ question }) => question.prompt },
];

const FIGURES: readonly Column<QuestionStatistics>[] = [
  {
    name: "asked_count",
    type: "INTEGER",
    description: "How many of the attempts met it: n of mean_share.",
    read: ({ askedCount }) => askedCount,
  },
  {
    name: "answer_count",
    type: "INTEGER",
    description: "How many answered it: n of facility and of the times.",
    read: ({ answerCount }) => answerCount,
  },
  {
    name: "skipped_count",
    type: "INTEGER",
    description: "How many met it and gave no answer: 0 in everything but facility.",
    read: ({ skippedCount }) => skippedCount,
  },
  {
    name: "correct_count",
    type: "INTEGER",
    description: "How many answers were entirely right.",
    read: ({ correctCount }) => correctCount,
  },
  {
    name: "small_sample",
    type: "BOOLEAN",
    description: "Whether there are under 30 answers: then figures say little of other learners.",
    read: ({ smallSample }) => smallSample,
  },
  {
    name: "facility",
    type: "NUMBER",
    description: "Share of right answers among those given, 0 to 1.",
    read: ({ facility }) => facility,
  },
  {
    name: "mean_share",
    type: "NUMBER",
    description: "Mean of the shares earned by those who met it, 0 to 1; skipped is 0.",
    read: ({ meanShare }) => meanShare,
  },
  {
    name: "discrimination",
    type: "NUMBER",
    description:
      "Correlation of the question's share with the sum of the others', -1 to 1; empty without variance.",
    read: ({ discrimination }) => discrimination,
  },
  {
    name: "effective_weight",
    type: "NUMBER",
    description:
      "Which share of the totals' spread comes from it, 0 to 1; empty where its covariance with the total is negative.",
    read: ({ effectiveWeight }) => effectiveWeight,
  },
  {
    name: "random_guess_score",
    type: "NUMBER",
    description: "The share that guessing earns on average, 0 to 1.",
    read: ({ randomGuessScore }) => randomGuessScore,
  },
  {
    name: "elapsed_ms_p25",
    type: "INTEGER",
    description: "A quarter of the answers came sooner, in milliseconds.",
    read: ({ elapsedMs }) => elapsedMs?.p25 ?? null,
  },
  {
    name: "elapsed_ms_median",
    type: "INTEGER",
    description: "Half of the answers came sooner.",
    read: ({ elapsedMs }) => elapsedMs?.median ?? null,
  },
  {
    name: "elapsed_ms_p75",
    type: "INTEGER",
    description: "Three quarters of the answers came sooner.",
    read: ({ elapsedMs }) => elapsedMs?.p75 ?? null,
  },
  {
    name: "elapsed_ms_p90",
    type: "INTEGER",
    description: "Nine tenths of the answers came sooner.",
    read: ({ elapsedMs }) => elapsedMs?.p90 ?? null,
  },
];

const WHOLE_FIGURES: readonly Column<StatisticsOf>[] = [
  {
    name: "whole_small_sample",
    type: "BOOLEAN",
    description: "Whether there are under 30 attempts. The same in every row, as all that follows.",
    read: ({ statistics }) => statistics.smallSample,
  },
  {
    name: "mean_score",
    type: "NUMBER",
    description: "Mean of the attempts' scores in points.",
    read: ({ statistics }) => statistics.meanScore,
  },
  {
    name: "mean_total",
    type: "NUMBER",
    description: "Mean of their totals: the sum of the shares earned, 0 to the number of questions.",
    read: ({ statistics }) => statistics.meanTotal,
  },
  {
    name: "standard_deviation",
    type: "NUMBER",
    description: "Sample standard deviation of the totals, in questions.",
    read: ({ statistics }) => statistics.standardDeviation,
  },
  {
    name: "reliability",
    type: "NUMBER",
    description: "Cronbach's alpha over the questions.",
    read: ({ statistics }) => statistics.reliability,
  },
  {
    name: "standard_error",
    type: "NUMBER",
    description: "Standard error of measurement, in questions.",
    read: ({ statistics }) => statistics.standardError,
  },
];

const GROUPS: readonly Column<StatisticsOf>[] = [
  {
    name: "upper_group_size",
    type: "INTEGER",
    description: "How many attempts are the best 27 %; empty where the groups would meet.",
    read: ({ statistics }) => statistics.groups?.upper ?? null,
  },
  {
    name: "lower_group_size",
    type: "INTEGER",
    description: "How many attempts are the 27 % at the other end.",
    read: ({ statistics }) => statistics.groups?.lower ?? null,
  },
];

const CHOICE_COLUMNS: readonly Column<DistractorRow>[] = [
  {
    name: "answer_count",
    type: "INTEGER",
    description: "How many answered the question: n of picked_count.",
    read: ({ question }) => question.answerCount,
  },
  {
    name: "small_sample",
    type: "BOOLEAN",
    description: "Whether there are under 30 answers.",
    read: ({ question }) => question.smallSample,
  },
  {
    name: "choice_id",
    type: "ID",
    description: "The choice: a UUID.",
    read: ({ choice }) => choice.choiceId,
  },
  { name: "choice", type: "TEXT", description: "What it says.", read: ({ choice }) => choice.text },
  {
    name: "correct",
    type: "BOOLEAN",
    description: "Whether it is right.",
    read: ({ choice }) => choice.correct,
  },
  {
    name: "picked_count",
    type: "INTEGER",
    description: "How many answers picked it.",
    read: ({ choice }) => choice.count,
  },
  {
    name: "upper_count",
    type: "INTEGER",
    description: "How many of the upper group picked it; n is upper_group_size.",
    read: ({ choice }) => choice.upperCount,
  },
  {
    name: "lower_count",
    type: "INTEGER",
    description: "How many of the lower group picked it; n is lower_group_size.",
    read: ({ choice }) => choice.lowerCount,
  },
];

/** One row for each question: item analysis. */
export function statisticsTable(ids: ApiIds): Table<StatisticsRow> {
  return {
    name: "statistics",
    description:
      "Item analysis of a quiz or a session, one row for each question. The definitions and their sources stand at QuestionStatistics in the API's schema.",
    parts: [
      part<StatisticsRow, StatisticsOf>({ of: ({ of }) => of, recurs: "FILE" }, wholeColumns(ids)),
      part<StatisticsRow, StatisticsRow>({ of: (row) => row, recurs: "ROW" }, questionIdColumns(ids)),
      part<StatisticsRow, QuestionStatistics>({ of: ({ question }) => question, recurs: "ROW" }, FIGURES),
      part<StatisticsRow, StatisticsOf>({ of: ({ of }) => of, recurs: "FILE" }, WHOLE_FIGURES),
    ],
  };
}

/** One row for each choice: the distractor table. */
export function distractorsTable(ids: ApiIds): Table<DistractorRow> {
  return {
    name: "distractors",
    description:
      "How often each choice was picked, and by whom: the distractor table of SINGLE_CHOICE and MULTIPLE_CHOICE, one row for each choice.",
    parts: [
      part<DistractorRow, StatisticsOf>({ of: ({ of }) => of, recurs: "FILE" }, wholeColumns(ids)),
      part<DistractorRow, StatisticsRow>({ of: (row) => row, recurs: "ROW" }, questionIdColumns(ids)),
      part<DistractorRow, DistractorRow>({ of: (row) => row, recurs: "ROW" }, CHOICE_COLUMNS),
      part<DistractorRow, StatisticsOf>({ of: ({ of }) => of, recurs: "FILE" }, GROUPS),
    ],
  };
}
