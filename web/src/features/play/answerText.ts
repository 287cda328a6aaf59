import type { ReviewedQuestion } from "../../session/types.ts";

type Choices = ReviewedQuestion["question"]["choices"];

/** The texts of the choices with these ids, in the order of the ids. */
export function choiceTexts(choices: Choices, ids: readonly string[]): string[] {
  const texts = new Map(choices.map((choice) => [choice.id, choice.text]));
  return ids.flatMap((id) => texts.get(id) ?? []);
}

/** The right answer in one line: for a strip, where there is no room for tiles. */
export function solutionLine({ kind, choices, solution }: ReviewedQuestion["question"]): string {
  if (kind === "TYPED") return solution.acceptedAnswers[0] ?? "";
  const texts = choiceTexts(choices, solution.choiceIds);
  return kind === "ORDER" ? texts.join(" ") : texts.join(" · ");
}
