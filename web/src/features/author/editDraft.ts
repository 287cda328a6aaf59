import type { QuestionKind } from "../../graphql/generated/graphql.ts";
import {
  type DraftChoice,
  type DraftQuestion,
  type DraftText,
  emptyChoice,
  emptyText,
  LIMITS,
  newKey,
  type QuizDraft,
} from "./draft.ts";

/** Edits of a draft: each returns a new one and leaves the old one, for undo, as it was. */

export function changeQuestion(draft: QuizDraft, key: string, change: Partial<DraftQuestion>): QuizDraft {
  return {
    ...draft,
    questions: draft.questions.map((question) =>
      question.key === key ? { ...question, ...change } : question,
    ),
  };
}

export function addQuestion(draft: QuizDraft, question: DraftQuestion, afterKey?: string): QuizDraft {
  const index = draft.questions.findIndex(({ key }) => key === afterKey);
  return {
    ...draft,
    questions: insertAt(draft.questions, index < 0 ? draft.questions.length : index + 1, question),
  };
}

export function removeQuestion(draft: QuizDraft, key: string): QuizDraft {
  return { ...draft, questions: draft.questions.filter((question) => question.key !== key) };
}

/** Puts a copy, with keys of its own, behind the question. */
export function duplicateQuestion(
  draft: QuizDraft,
  key: string,
): { draft: QuizDraft; copyKey: string } | null {
  const original = draft.questions.find((question) => question.key === key);
  if (!original) return null;
  const copy: DraftQuestion = {
    ...original,
    key: newKey(),
    choices: original.choices.map((choice) => ({ ...choice, key: newKey() })),
    acceptedAnswers: original.acceptedAnswers.map(({ text }) => emptyText(text)),
  };
  return { draft: addQuestion(draft, copy, key), copyKey: copy.key };
}

export function moveQuestion(draft: QuizDraft, from: number, to: number): QuizDraft {
  return { ...draft, questions: moveItem(draft.questions, from, to) };
}

/** Changes the kind and keeps whatever was typed; what the new kind does not use is not sent. */
export function withKind(question: DraftQuestion, kind: QuestionKind): DraftQuestion {
  const changed = { ...question, kind };
  if (kind === "TYPED") {
    return question.acceptedAnswers.length > 0
      ? changed
      : { ...changed, acceptedAnswers: answersFrom(question) };
  }
  const choices = [...question.choices];
  while (choices.length < LIMITS.minChoices) choices.push(emptyChoice());
  if (kind !== "SINGLE_CHOICE") return { ...changed, choices };
  const first = choices.findIndex((choice) => choice.correct);
  return { ...changed, choices: choices.map((choice, index) => ({ ...choice, correct: index === first })) };
}

/** The right choices, typed out, are the likeliest accepted answers. */
function answersFrom(question: DraftQuestion): DraftText[] {
  const right = question.choices.filter(({ correct, text }) => correct && text.trim() !== "");
  return right.length > 0 ? right.map(({ text }) => emptyText(text)) : [emptyText()];
}

/** Marks a choice right or wrong; in SINGLE_CHOICE marking one unmarks the others. */
export function withCorrect(question: DraftQuestion, choiceKey: string, correct: boolean): DraftQuestion {
  const single = question.kind === "SINGLE_CHOICE";
  const choices = question.choices.map((choice): DraftChoice => {
    if (choice.key === choiceKey) return { ...choice, correct };
    return single ? { ...choice, correct: false } : choice;
  });
  return { ...question, choices };
}

const LIST_MARK = /^\s*(?:[-*•–]|\(?(?:\d{1,2}|[a-h])[.)])\s+/i;

/** The lines of a pasted text, without empty ones; bullets and numbering go, where every line has them. */
export function pastedLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n|\t/).filter((line) => line.trim() !== "");
  const listed = lines.length > 1 && lines.every((line) => LIST_MARK.test(line));
  return lines.map((line) => (listed ? line.replace(LIST_MARK, "") : line).trim());
}

/**
 * Fills rows with pasted lines, beginning at `index`: the first takes the place of that row's selected text (`before` and
 * `after` are what stands around the selection), the next fill empty rows or become new ones.
 * What is past `max` stays in the last row, so that no pasted text is lost.
 */
export function fillRows<T extends DraftText>(
  rows: readonly T[],
  index: number,
  lines: readonly string[],
  options: { before: string; after: string; max: number; make: (text: string) => T },
): T[] {
  const filled = [...rows];
  const [first = "", ...rest] = lines;
  const start = filled[index];
  if (start) filled[index] = { ...start, text: options.before + first + options.after };
  let at = index;
  for (const line of rest) {
    const next = filled[at + 1];
    if (next && next.text.trim() === "") {
      at += 1;
      filled[at] = { ...next, text: line };
    } else if (filled.length < options.max) {
      at += 1;
      filled.splice(at, 0, options.make(line));
    } else {
      const last = filled[at];
      if (last) filled[at] = { ...last, text: `${last.text} / ${line}` };
    }
  }
  return filled;
}

export function moveItem<T>(items: readonly T[], from: number, to: number): T[] {
  const moved = [...items];
  const [item] = moved.splice(from, 1);
  if (item === undefined) return moved;
  moved.splice(Math.max(0, Math.min(to, moved.length)), 0, item);
  return moved;
}

function insertAt<T>(items: readonly T[], index: number, item: T): T[] {
  return [...items.slice(0, index), item, ...items.slice(index)];
}
