import type { QuestionKind } from "../../graphql/generated/graphql.ts";

interface ClosedQuestion {
  kind: QuestionKind;
  choices: readonly { id: string; text: string }[];
  solution: { choiceIds: readonly string[] } | null;
  results: {
    answerCount: number;
    correctCount: number;
    choices: readonly { choiceId: string; count: number }[];
    texts: readonly { text: string; count: number; correct: boolean }[];
  } | null;
}

export interface DistributionBar {
  key: string;
  text: string;
  count: number;
  /** Length of the bar, 0 to 1: of all who answered, or of the most frequent where several may be picked. */
  length: number;
  correct: boolean;
}

const lengthOf = (count: number, whole: number) => (whole === 0 ? 0 : Math.min(1, count / whole));

/**
 * How the answers fell, as bars: one for each choice, in the order on screen; for TYPED the most frequent texts, as
 * the server lists them. ORDER has none: see `orderedParts`. Empty while the solution may not be known.
 */
export function distributionBars(question: ClosedQuestion): DistributionBar[] {
  const { results, solution } = question;
  if (!results || !solution) return [];
  const whole = results.answerCount;
  if (question.kind === "TYPED") {
    return results.texts.map(({ text, count, correct }) => ({
      key: text,
      text,
      count,
      length: lengthOf(count, whole),
      correct,
    }));
  }
  if (question.kind === "ORDER") return [];
  const counts = new Map(results.choices.map(({ choiceId, count }) => [choiceId, count]));
  return question.choices.map(({ id, text }) => {
    const count = counts.get(id) ?? 0;
    return { key: id, text, count, length: lengthOf(count, whole), correct: solution.choiceIds.includes(id) };
  });
}

/** The parts of an ORDER question in their right order; empty for other kinds and while it may not be known. */
export function orderedParts(question: ClosedQuestion): { id: string; text: string }[] {
  if (question.kind !== "ORDER") return [];
  const parts = new Map(question.choices.map((choice) => [choice.id, choice]));
  return (question.solution?.choiceIds ?? []).flatMap((id) => parts.get(id) ?? []);
}

/** Share of right answers among those given, in whole per cent; null without answers. */
export function percentCorrect(results: { answerCount: number; correctCount: number } | null): number | null {
  if (!results || results.answerCount === 0) return null;
  return Math.round((100 * results.correctCount) / results.answerCount);
}
