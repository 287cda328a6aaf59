import type { ContentQuestion, SessionContent } from "../session/index.ts";
import type { ExportedQuestion, GivenAnswer } from "./records.ts";

/** Stands between several choices or accepted answers in one cell. */
const BETWEEN = " | ";
/** Of a question with many sets or orders of choices, so many are kept; the rest are put into words each time. */
const KEPT_PICKS = 64;

export const NOTHING_GIVEN: GivenAnswer = { choiceIds: [], text: "" };

const prepared = new WeakMap<SessionContent, readonly ExportedQuestion[]>();

/** The questions of a content, with what files say of them; worked out once for as long as the content is kept. */
export function exportedQuestions(content: SessionContent): readonly ExportedQuestion[] {
  const known = prepared.get(content);
  if (known) return known;
  const questions = content.questions.map((question, index) => ({
    ...{ id: question.id, number: index + 1, question },
    ...{ rightAnswer: rightAnswer(question), picked: new Map<string, GivenAnswer>() },
  }));
  prepared.set(content, questions);
  return questions;
}

/** What is right, in words. For ORDER: the parts in their order; for TYPED: all that is accepted. */
function rightAnswer(question: ContentQuestion): string {
  if (question.kind === "TYPED") return question.acceptedAnswers.join(BETWEEN);
  const right =
    question.kind === "ORDER" ? question.choices : question.choices.filter(({ correct }) => correct);
  return right.map(({ text }) => text).join(BETWEEN);
}

/** Puts into words what a player gave. `choiceIds`: a list of UUIDs as PostgreSQL writes one, `{…,…}`. */
export function givenAnswer(
  { question, picked }: Pick<ExportedQuestion, "question" | "picked">,
  choiceIds: string,
  text: string | null,
): GivenAnswer {
  if (text !== null) return { choiceIds: [], text };
  const known = picked.get(choiceIds);
  if (known) return known;
  const ids = choiceIds === "{}" ? [] : choiceIds.slice(1, -1).split(",");
  const words = ids.map((id) => question.choices.find((choice) => choice.id === id)?.text ?? id);
  const given = { choiceIds: ids, text: words.join(BETWEEN) };
  if (picked.size < KEPT_PICKS) picked.set(choiceIds, given);
  return given;
}
