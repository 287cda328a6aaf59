import type { ChoiceId, QuestionId } from "../core/ids.ts";
import type { ContentQuestion } from "../session/domain/content.ts";

export interface ChoiceStatistics {
  readonly choiceId: ChoiceId;
  readonly text: string;
  readonly correct: boolean;
  readonly count: number;
}

export interface QuestionStatistics {
  readonly questionId: QuestionId;
  readonly prompt: string;
  readonly answerCount: number;
  readonly facility: number | null;
  readonly discrimination: number | null;
  readonly medianElapsedMs: number | null;
  readonly choices: readonly ChoiceStatistics[];
}

export interface QuizStatistics {
  readonly attemptCount: number;
  readonly meanScore: number;
  readonly reliability: number | null;
  readonly questions: readonly QuestionStatistics[];
}

/** What counts of an answer. */
export interface ScoredAnswer {
  readonly questionId: string;
  readonly choiceIds: readonly string[];
  readonly correct: boolean;
  /** The share earned, 0 to 1. */
  readonly share: number;
  readonly elapsedMs: number;
}

/** What counts of a finished attempt. */
export interface ScoredAttempt {
  readonly score: number;
  readonly answers: readonly ScoredAnswer[];
}

/** Item analysis by the classical definitions; see docs/DESIGN.md for the formulas and their sources. */
export function analyse(
  questions: readonly ContentQuestion[],
  attempts: readonly ScoredAttempt[],
): QuizStatistics {
  // One row an attempt, one column a question: the share earned, 0 where it was not answered.
  const matrix = attempts.map(({ answers }) => {
    const shares = new Map(answers.map(({ questionId, share }) => [questionId, share]));
    return questions.map(({ id }) => shares.get(id) ?? 0);
  });
  const totals = matrix.map(sum);
  const answers = new Map<string, ScoredAnswer[]>();
  for (const answer of attempts.flatMap((attempt) => attempt.answers)) {
    const known = answers.get(answer.questionId);
    if (known) known.push(answer);
    else answers.set(answer.questionId, [answer]);
  }
  return {
    attemptCount: attempts.length,
    meanScore: attempts.length === 0 ? 0 : sum(attempts.map(({ score }) => score)) / attempts.length,
    reliability: cronbachAlpha(matrix, questions.length),
    questions: questions.map((question, column) => {
      const own = matrix.map((row) => row[column] ?? 0);
      const rest = totals.map((total, row) => total - (own[row] ?? 0));
      return itemOf(question, answers.get(question.id) ?? [], correlation(own, rest));
    }),
  };
}

function itemOf(
  question: ContentQuestion,
  given: readonly ScoredAnswer[],
  discrimination: number | null,
): QuestionStatistics {
  const picked = given.flatMap(({ choiceIds }) => choiceIds);
  return {
    questionId: question.id,
    prompt: question.prompt,
    answerCount: given.length,
    facility: given.length === 0 ? null : given.filter(({ correct }) => correct).length / given.length,
    discrimination: given.length === 0 ? null : discrimination,
    medianElapsedMs: median(given.map(({ elapsedMs }) => elapsedMs)),
    choices:
      question.kind === "SINGLE_CHOICE" || question.kind === "MULTIPLE_CHOICE"
        ? question.choices.map(({ id, text, correct }) => ({
            choiceId: id,
            text,
            correct,
            count: picked.filter((choiceId) => choiceId === id).length,
          }))
        : [],
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Sample variance; 0 for fewer than two values. */
function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

/** What floating point leaves of a variance that is none. */
const NO_VARIANCE = 1e-12;

/**
 * Pearson's correlation; with one side right or wrong it is the point-biserial (Lord & Novick 1968). Null without
 * variance on either side.
 */
export function correlation(xs: readonly number[], ys: readonly number[]): number | null {
  const [varianceX, varianceY] = [variance(xs), variance(ys)];
  if (varianceX < NO_VARIANCE || varianceY < NO_VARIANCE) return null;
  const [meanX, meanY] = [sum(xs) / xs.length, sum(ys) / ys.length];
  const covariance = sum(xs.map((x, i) => (x - meanX) * ((ys[i] ?? 0) - meanY))) / (xs.length - 1);
  return Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceX * varianceY)));
}

/** Cronbach (1951): k/(k−1) × (1 − Σ item variances / variance of totals). Null under two items or attempts, or without variance. */
export function cronbachAlpha(matrix: readonly (readonly number[])[], items: number): number | null {
  if (items < 2 || matrix.length < 2) return null;
  const total = variance(matrix.map(sum));
  if (total < NO_VARIANCE) return null;
  const itemVariances = Array.from({ length: items }, (_, column) =>
    variance(matrix.map((row) => row[column] ?? 0)),
  );
  return (items / (items - 1)) * (1 - sum(itemVariances) / total);
}

/** The middle value, of two the mean rounded half up; null for none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return Math.floor((lower + upper) / 2 + 0.5);
}
