import { findingsOf } from "./findings.ts";
import type { ChoiceFigures, ReportedQuestion } from "./reportedQuestion.ts";

/**
 * What a class has mastered: 80 % of it right, the usual level of mastery learning (Bloom 1968, Learning for mastery,
 * Evaluation Comment 1:2; Block & Burns 1976, Review of Research in Education 4, 3–49).
 */
const MASTERED = 0.8;
/** From this share of the time allowed on, a right answer was not at hand but worked out: a matter of taste. */
const SLOW = 0.6;
const MOST = 10;

/** The plainest thing to say of why a question should come again. */
export type RevisionReason =
  /** Most of them took this wrong choice. */
  | { readonly kind: "mistaken"; readonly text: string; readonly count: number }
  /** As good as guessed. */
  | { readonly kind: "guessed" }
  /** So many gave no answer. */
  | { readonly kind: "skipped"; readonly count: number }
  /** Known by some, not by enough. */
  | { readonly kind: "unsure" }
  /** Known, but slowly. */
  | { readonly kind: "slow"; readonly medianMs: number };

export interface Revision {
  readonly question: ReportedQuestion;
  /** Right answers of all who were asked, 0 to 1: who gave none does not know it either. */
  readonly known: number;
  readonly reason: RevisionReason;
}

/** What to revise next: the questions that fewest know come first, after those only the slow ones. At most ten. */
export function revisionsOf(questions: readonly ReportedQuestion[]): Revision[] {
  return questions
    .filter(({ askedCount }) => askedCount > 0)
    .map((question) => ({ question, known: question.correctCount / question.askedCount }))
    .flatMap(({ question, known }) => {
      const reason = reasonOf(question, known);
      return reason === null ? [] : [{ question, known, reason }];
    })
    .sort(
      (a, b) =>
        Number(a.reason.kind === "slow") - Number(b.reason.kind === "slow") ||
        a.known - b.known ||
        b.question.askedCount - a.question.askedCount,
    )
    .slice(0, MOST);
}

function reasonOf(question: ReportedQuestion, known: number): RevisionReason | null {
  const { answerCount, askedCount, skippedCount, elapsedMs, timeLimitSeconds } = question;
  if (known >= MASTERED) {
    const medianMs = elapsedMs?.median ?? 0;
    const slow = timeLimitSeconds !== null && medianMs > SLOW * 1000 * timeLimitSeconds;
    return slow ? { kind: "slow", medianMs } : null;
  }
  const wrong = commonestMistake(question);
  const mistakes = answerCount - question.correctCount;
  if (wrong !== null && wrong.count > 1 && wrong.count > mistakes / 2 && mistakes >= skippedCount) {
    return { kind: "mistaken", ...wrong };
  }
  if (findingsOf(question).list.some(({ kind }) => kind === "guessed")) return { kind: "guessed" };
  if (skippedCount > mistakes && skippedCount > askedCount / 10)
    return { kind: "skipped", count: skippedCount };
  return { kind: "unsure" };
}

interface Mistake {
  readonly text: string;
  readonly count: number;
}

/** The wrong choice or typed text that was given most often. */
function commonestMistake({ choices, texts }: ReportedQuestion): Mistake | null {
  const mistakes: readonly (ChoiceFigures | ReportedQuestion["texts"][number])[] =
    choices.length > 0 ? choices : texts;
  return mistakes
    .filter(({ correct }) => !correct)
    .reduce<Mistake | null>(
      (most, { text, count }) => (most === null || count > most.count ? { text, count } : most),
      null,
    );
}
