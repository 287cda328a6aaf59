import { opaqueId } from "../core/ids.ts";
import type { Choice, Question } from "./quiz.ts";
import type { QuizDraft } from "./rules.ts";

type QuestionDraft = QuizDraft["questions"][number];

/**
 * Gives every question and choice its id: the one it names, where that is one of the `previous` question (choice)
 * and named once, so that it stays the same after an edit; a new random one otherwise.
 */
export function identifyQuestions(
  drafts: readonly QuestionDraft[],
  previous: readonly Question[] = [],
): Question[] {
  const known = new Map<string, Question>(previous.map((question) => [question.id, question]));
  return drafts.map((draft) => {
    const before = take(known, draft.id);
    return { ...draft, id: before?.id ?? opaqueId(), choices: identifyChoices(draft, before?.choices ?? []) };
  });
}

function identifyChoices(draft: QuestionDraft, previous: readonly Choice[]): Choice[] {
  const known = new Map<string, Choice>(previous.map((choice) => [choice.id, choice]));
  return draft.choices.map(({ id, text, correct }) => ({
    id: take(known, id)?.id ?? opaqueId(),
    text,
    correct: draft.kind === "ORDER" || correct,
  }));
}

/** Takes out, so that a second one of the same id counts as new. */
function take<Item>(known: Map<string, Item>, id: string | null | undefined): Item | undefined {
  const found = known.get(id ?? "");
  known.delete(id ?? "");
  return found;
}
