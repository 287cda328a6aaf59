import { createHmac } from "node:crypto";
import type { ContentChoice, ContentQuestion } from "./content.ts";

/**
 * The choices in the order in which players see them. Those of ORDER stand by a keyed hash of their ids: the same
 * for everyone in the session, and telling nothing to whoever does not know its seed. Others stand as authored.
 */
export function shownChoices(
  question: Pick<ContentQuestion, "kind" | "choices">,
  seed: string,
): readonly ContentChoice[] {
  if (question.kind !== "ORDER") return question.choices;
  return question.choices
    .map((choice) => ({ choice, place: createHmac("sha256", seed).update(choice.id).digest("hex") }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ choice }) => choice);
}
