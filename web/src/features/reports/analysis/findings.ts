import type { ChoiceFigures, QuestionFigures } from "./reportedQuestion.ts";

/**
 * From what on a question is remarkable. None of these numbers is ours:
 *
 * - `easy`, `hard`: from 95 % right on a question is extremely easy, up to 20 % it is difficult, in Moodle's guide to its
 *   quiz statistics report (docs.moodle.org/dev/Quiz_report_statistics).
 * - `discrimination`: under 0.2 a question is poor, under 0 it works against the others. Ebel & Frisbie (1991), Essentials
 *   of Educational Measurement, 5th edition.
 * - `attractive`: a distractor that fewer than 5 % pick does not work. Haladyna & Downing (1993), How many options is
 *   enough for a multiple-choice test item?, Educational and Psychological Measurement 53, 999–1010.
 * - `skipped`: a test is not one of speed where 80 % get to its end. Swineford (1956), Technical manual for users of test
 *   analyses, ETS Statistical Report 56-42.
 * - `oneSided`: the 95 % quantile of the normal distribution, by which a share is told from that of guessing.
 * - `sure`: about 30 answers tell a question's difficulty to within one logit. Linacre (1994), Rasch Measurement
 *   Transactions 7:4, 328.
 *
 * `leastAnswers` is a matter of taste: under five answers, one learner more would turn any finding round.
 */
export const THRESHOLDS = {
  easy: 0.95,
  hard: 0.2,
  discrimination: 0.2,
  attractive: 0.05,
  skipped: 0.2,
  oneSided: 1.645,
  sure: 30,
  leastAnswers: 5,
} as const;

export type Finding =
  /** Those who know much do worse at it than those who know little. */
  | { readonly kind: "misleads"; readonly discrimination: number }
  /** The best learners prefer a wrong choice to the right one: perhaps the wrong one is marked as right. */
  | { readonly kind: "bestPreferWrong"; readonly choice: ChoiceFigures; readonly key: ChoiceFigures }
  /** A wrong choice is picked more often than the right one. */
  | { readonly kind: "strongDistractor"; readonly choice: ChoiceFigures; readonly key: ChoiceFigures }
  /** As many right answers as guessing would give. */
  | { readonly kind: "guessed"; readonly facility: number; readonly guess: number }
  | { readonly kind: "tooHard"; readonly facility: number }
  | { readonly kind: "oftenSkipped"; readonly share: number }
  | { readonly kind: "tooEasy"; readonly facility: number }
  /** It hardly tells those who know from those who do not. */
  | { readonly kind: "tellsLittle"; readonly discrimination: number }
  /** Nobody, or hardly anybody, takes these wrong choices for right. */
  | { readonly kind: "idleDistractors"; readonly choices: readonly ChoiceFigures[] };

export type FindingKind = Finding["kind"];

/** What has to be looked at, and what may be as it is. */
const PROBLEMS: ReadonlySet<FindingKind> = new Set([
  "misleads",
  "bestPreferWrong",
  "strongDistractor",
  "guessed",
  "tooHard",
]);

export type Weight = "problem" | "note" | "fine";

export interface Findings {
  /** The heaviest first. */
  readonly list: readonly Finding[];
  readonly weight: Weight;
  /** Whether there are enough answers to take them for more than a hint. */
  readonly sure: boolean;
}

/** What is to be said of a question by its figures. Too few answers to say anything: nothing is found. */
export function findingsOf(question: QuestionFigures): Findings {
  const sure = question.answerCount >= THRESHOLDS.sure;
  if (question.askedCount < THRESHOLDS.leastAnswers) return { list: [], weight: "fine", sure };
  const list = [
    ...discriminationFindings(question),
    ...choiceFindings(question),
    ...difficultyFindings(question),
    ...skippedFindings(question),
    ...idleFindings(question),
  ].sort((a, b) => Number(PROBLEMS.has(b.kind)) - Number(PROBLEMS.has(a.kind)));
  const [first] = list;
  if (first === undefined) return { list, weight: "fine", sure };
  return { list, weight: PROBLEMS.has(first.kind) ? "problem" : "note", sure };
}

function discriminationFindings({ discrimination, facility }: QuestionFigures): Finding[] {
  if (discrimination === null) return [];
  if (discrimination < 0) return [{ kind: "misleads", discrimination }];
  // Whatever nearly all know cannot tell them apart, and need not.
  const easy = facility !== null && facility >= THRESHOLDS.easy;
  return discrimination < THRESHOLDS.discrimination && !easy ? [{ kind: "tellsLittle", discrimination }] : [];
}

/** The only right choice; null where there is none, or several. */
function keyOf({ choices }: QuestionFigures): ChoiceFigures | null {
  const right = choices.filter(({ correct }) => correct);
  return right.length === 1 ? (right[0] ?? null) : null;
}

const most = (choices: readonly ChoiceFigures[], by: (choice: ChoiceFigures) => number) =>
  choices.reduce<ChoiceFigures | null>(
    (best, choice) => (best === null || by(choice) > by(best) ? choice : best),
    null,
  );

function choiceFindings(question: QuestionFigures): Finding[] {
  const key = keyOf(question);
  if (key === null || question.answerCount < THRESHOLDS.leastAnswers) return [];
  const wrong = question.choices.filter(({ correct }) => !correct);
  const byBest = most(wrong, ({ upperCount }) => upperCount ?? 0);
  const byUpper = byBest?.upperCount ?? 0;
  if (byBest !== null && byUpper > 1 && byUpper > (key.upperCount ?? 0)) {
    return [{ kind: "bestPreferWrong", choice: byBest, key }];
  }
  const strongest = most(wrong, ({ count }) => count);
  return strongest !== null && strongest.count > key.count
    ? [{ kind: "strongDistractor", choice: strongest, key }]
    : [];
}

function difficultyFindings(question: QuestionFigures): Finding[] {
  const { facility, answerCount } = question;
  if (facility === null || answerCount < THRESHOLDS.leastAnswers) return [];
  if (facility >= THRESHOLDS.easy) return [{ kind: "tooEasy", facility }];
  if (isGuessed(question, facility)) {
    return [{ kind: "guessed", facility, guess: question.randomGuessScore }];
  }
  return facility < THRESHOLDS.hard ? [{ kind: "tooHard", facility }] : [];
}

/** Of several right choices, guessing earns a share and hardly ever all: that cannot be compared with the facility. */
function isGuessed(question: QuestionFigures, facility: number): boolean {
  const { randomGuessScore: guess, answerCount } = question;
  if (keyOf(question) === null) return false;
  const sure = answerCount >= THRESHOLDS.sure;
  return (
    facility <= guess + (sure ? THRESHOLDS.oneSided * Math.sqrt((guess * (1 - guess)) / answerCount) : 0)
  );
}

function skippedFindings({ skippedCount, askedCount }: QuestionFigures): Finding[] {
  const share = skippedCount / askedCount;
  return share > THRESHOLDS.skipped ? [{ kind: "oftenSkipped", share }] : [];
}

function idleFindings({ choices, answerCount }: QuestionFigures): Finding[] {
  // Under as many answers, that nobody took a choice tells nothing of it.
  if (answerCount < THRESHOLDS.sure) return [];
  const idle = choices.filter(
    ({ correct, count }) => !correct && count < THRESHOLDS.attractive * answerCount,
  );
  return idle.length > 0 ? [{ kind: "idleDistractors", choices: idle }] : [];
}
