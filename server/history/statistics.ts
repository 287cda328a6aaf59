import type { ChoiceId, QuestionId } from "../core/ids.ts";
import type { ContentQuestion } from "../session/domain/content.ts";
import { alphaOf, comoment, correlationOf, covarianceOf, rounded } from "./formulas.ts";
import { randomGuessScore } from "./randomGuess.ts";
import { type Quantiles, type QuestionRollup, type Rollup, SHARE_UNIT } from "./rollups/index.ts";
import { type ScoreBin, scoreBins } from "./scoreBins.ts";

export interface ChoiceStatistics {
  readonly choiceId: ChoiceId;
  readonly text: string;
  readonly correct: boolean;
  readonly count: number;
  readonly upperCount: number | null;
  readonly lowerCount: number | null;
}

export interface QuestionStatistics {
  readonly questionId: QuestionId;
  readonly prompt: string;
  readonly answerCount: number;
  readonly askedCount: number;
  readonly skippedCount: number;
  readonly correctCount: number;
  readonly facility: number | null;
  readonly meanShare: number | null;
  readonly discrimination: number | null;
  readonly effectiveWeight: number | null;
  readonly randomGuessScore: number;
  readonly medianElapsedMs: number | null;
  readonly elapsedMs: Quantiles | null;
  readonly smallSample: boolean;
  readonly choices: readonly ChoiceStatistics[];
}

/** Which attempts of a learner count; the words of the API's AttemptSelection. */
export type AttemptSelection = "FIRST" | "ALL";

export interface QuizStatistics {
  readonly selection: AttemptSelection;
  readonly attemptCount: number;
  readonly meanScore: number;
  readonly reliability: number | null;
  readonly meanTotal: number | null;
  readonly standardDeviation: number | null;
  readonly standardError: number | null;
  readonly smallSample: boolean;
  readonly groups: { readonly upper: number; readonly lower: number } | null;
  readonly scoreDistribution: readonly ScoreBin[];
  readonly questions: readonly QuestionStatistics[];
}

/**
 * Under so many, figures say little of other learners: about 30 are what it takes to know an item's difficulty to within one logit
 * (Linacre 1994, Rasch Measurement Transactions 7:4, 328).
 */
export const SMALL_SAMPLE = 30;

/** Item analysis by the classical definitions, of what attempts come to; their sources stand in the schema's descriptions. */
export function analyse(
  questions: readonly ContentQuestion[],
  rollup: Rollup,
  selection: AttemptSelection,
): QuizStatistics {
  const all = totalsOf(rollup);
  const { n, sum } = all;
  const items = questions.map((question) => {
    const counted = rollup.questions.get(question.id);
    return { question, counted, ...momentsOf(counted, all) };
  });
  const totalVariance = comoment({ n, x: sum, y: sum, products: all.squares });
  const itemVariances = items.reduce((variances, { variance }) => variances + variance, 0n);
  const weights = items.reduce((roots, item) => roots + rootOf(item.withTotal), 0);
  const reliability = n < 2 ? null : alphaOf(itemVariances, totalVariance, questions.length);
  const deviation = n < 2 ? null : Math.sqrt(covarianceOf(totalVariance, n));
  return {
    selection,
    attemptCount: n,
    meanScore: n === 0 ? 0 : Number(rollup.scores) / n,
    reliability,
    meanTotal: n === 0 ? null : Number(sum) / SHARE_UNIT / n,
    standardDeviation: deviation,
    standardError:
      deviation === null || reliability === null ? null : deviation * Math.sqrt(Math.max(0, 1 - reliability)),
    smallSample: n < SMALL_SAMPLE,
    groups: rollup.groups,
    scoreDistribution: scoreBins(rollup.scoreSteps),
    questions: items.map(({ question, counted, variance, withTotal }) => ({
      ...itemOf(question, counted, rollup.groups !== null),
      // cov(x, T − x) and var(T − x): the question itself is taken out of the total.
      discrimination: counted?.answered
        ? correlationOf(withTotal - variance, variance, totalVariance - 2n * withTotal + variance)
        : null,
      effectiveWeight:
        counted?.answered && withTotal >= 0n && weights > 0 ? rootOf(withTotal) / weights : null,
    })),
  };
}

interface Totals {
  readonly n: number;
  readonly sum: bigint;
  readonly squares: bigint;
}

function totalsOf({ totals }: Rollup): Totals {
  let [n, sum, squares] = [0, 0n, 0n];
  for (const { total, attempts } of totals) {
    n += attempts;
    sum += BigInt(total) * BigInt(attempts);
    squares += BigInt(total) * BigInt(total) * BigInt(attempts);
  }
  return { n, sum, squares };
}

/** Of the question's share, and of it with the total; an attempt without an answer has 0. */
function momentsOf(counted: QuestionRollup | undefined, { n, sum }: Totals) {
  const { shares: x, squares, products } = counted ?? { shares: 0n, squares: 0n, products: 0n };
  return {
    variance: comoment({ n, x, y: x, products: squares }),
    withTotal: comoment({ n, x, y: sum, products }),
  };
}

function rootOf(moment: bigint): number {
  return moment > 0n ? Math.sqrt(Number(moment)) : 0;
}

function itemOf(question: ContentQuestion, counted: QuestionRollup | undefined, hasGroups: boolean) {
  const { asked = 0, answered = 0, correct = 0, shares = 0n, times = null } = counted ?? {};
  const offersChoices = question.kind === "SINGLE_CHOICE" || question.kind === "MULTIPLE_CHOICE";
  return {
    questionId: question.id,
    prompt: question.prompt,
    answerCount: answered,
    askedCount: asked,
    skippedCount: Math.max(0, asked - answered),
    correctCount: correct,
    facility: answered === 0 ? null : correct / answered,
    meanShare: asked === 0 ? null : Number(shares) / SHARE_UNIT / asked,
    randomGuessScore: randomGuessScore(question),
    medianElapsedMs: times && rounded(times.median),
    elapsedMs: times && {
      p25: rounded(times.p25),
      median: rounded(times.median),
      p75: rounded(times.p75),
      p90: rounded(times.p90),
    },
    smallSample: answered < SMALL_SAMPLE,
    choices: offersChoices
      ? question.choices.map(({ id, text, correct: right }) => {
          const picked = counted?.choices.get(id);
          return {
            ...{ choiceId: id, text, correct: right, count: picked?.answers ?? 0 },
            upperCount: hasGroups ? (picked?.upper ?? 0) : null,
            lowerCount: hasGroups ? (picked?.lower ?? 0) : null,
          };
        })
      : [],
  };
}
