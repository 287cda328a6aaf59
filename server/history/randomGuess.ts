import type { ContentQuestion } from "../session/domain/content.ts";

/**
 * The share, 0 to 1, that somebody earns on average who guesses: a choice of SINGLE_CHOICE, any set of choices but the empty one
 * of MULTIPLE_CHOICE, an order of ORDER, each as likely as the others. TYPED is not guessed.
 */
export function randomGuessScore({
  kind,
  choices,
}: Pick<ContentQuestion, "kind"> & {
  readonly choices: readonly Pick<ContentQuestion["choices"][number], "correct">[];
}): number {
  switch (kind) {
    case "SINGLE_CHOICE":
      return choices.filter(({ correct }) => correct).length / choices.length;
    case "MULTIPLE_CHOICE":
      return meanOverSets(choices.map(({ correct }) => correct));
    case "TYPED":
      return 0;
    case "ORDER":
      return choices.reduce((chance, _choice, index) => chance / (index + 1), 1);
  }
}

/** Of max(0, right − wrong) / number of right ones, over all sets but the empty one. */
function meanOverSets(correct: readonly boolean[]): number {
  const rightOnes = Math.max(1, correct.filter(Boolean).length);
  const sets = 2 ** correct.length;
  let sum = 0;
  for (let set = 1; set < sets; set++) {
    let net = 0;
    for (const [index, right] of correct.entries()) if (set & (1 << index)) net += right ? 1 : -1;
    sum += Math.max(0, net) / rightOnes;
  }
  return sum / (sets - 1);
}
