import type { AuthorQuizFragment } from "../../graphql/generated/graphql.ts";
import type { SentKeys } from "./toQuizInput.ts";

/**
 * What the server calls the parts of a draft, as of the last save: key of the part → id. A part that the last save did not
 * contain has no id any more, so bringing it back by undo sends it as new.
 */
export type ServerIds = Readonly<Record<string, string>>;

/** The ids of a quiz whose draft was made from it, with the same `keyOf`. */
export function idsOfQuiz(quiz: AuthorQuizFragment, keyOf = (id: string): string => id): ServerIds {
  const ids: Record<string, string> = {};
  for (const question of quiz.questions ?? []) {
    ids[keyOf(question.id)] = question.id;
    for (const choice of question.choices) ids[keyOf(choice.id)] = choice.id;
  }
  return ids;
}

/**
 * The ids after a save: the saved quiz lists its parts in the order in which they were sent. Texts typed while the save was
 * under way are not touched, since only ids are taken from the answer.
 */
export function idsAfterSave(sent: SentKeys, saved: AuthorQuizFragment): ServerIds {
  const ids: Record<string, string> = {};
  sent.questions.forEach((keys, index) => {
    const question = saved.questions?.[index];
    if (!question) return;
    ids[keys.question] = question.id;
    keys.choices.forEach((choiceKey, choiceIndex) => {
      const choice = question.choices[choiceIndex];
      if (choice) ids[choiceKey] = choice.id;
    });
  });
  return ids;
}
