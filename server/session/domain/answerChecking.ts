import type { ChoiceId } from "../../core/ids.ts";
import type { ContentQuestion } from "./content.ts";
import { firstCodePoints, folded, storable, withCollapsedSpaces } from "./folding.ts";
import type { GivenAnswer } from "./session.ts";

/** How much of a question is right, as an exact ratio from 0 to 1. */
export interface Share {
  readonly num: number;
  readonly den: number;
}

/** An answer as it comes in: exactly one of the fields. */
export interface RawAnswer {
  readonly choiceIds?: readonly string[] | null | undefined;
  readonly text?: string | null | undefined;
  readonly order?: readonly string[] | null | undefined;
}

interface AnswerIssue {
  /** From the input of `submitAnswer` down; list indexes as strings. */
  readonly path: readonly string[];
  readonly message: string;
}

type CheckedAnswer =
  | { readonly kind: "invalid"; readonly issues: readonly AnswerIssue[] }
  | {
      readonly kind: "judged";
      readonly given: GivenAnswer;
      /** Equal for equal answers to a question. */
      readonly fingerprint: string;
      /** What the answer counts under when the answers to a question are summed up. */
      readonly tallyKeys: readonly string[];
      readonly correct: boolean;
      readonly share: Share;
    };

const TEXT_LIMIT = 200;
const TALLY_TEXT_LIMIT = 100;
/** Stands before a typed text where answers are counted, so that it is never taken for a choice's id. */
export const TEXT_KEY = "text:";
const ALL: Share = { num: 1, den: 1 };
const NOTHING: Share = { num: 0, den: 1 };

type Field = "choiceIds" | "text" | "order";
const FIELDS: readonly Field[] = ["choiceIds", "text", "order"];
const FIELD_OF_KIND = {
  SINGLE_CHOICE: "choiceIds",
  MULTIPLE_CHOICE: "choiceIds",
  TYPED: "text",
  ORDER: "order",
} as const satisfies Record<ContentQuestion["kind"], Field>;

/** Judges an answer against the question with its solution: is it well formed, is it right, and how much of it? */
export function checkAnswer(question: ContentQuestion, raw: RawAnswer): CheckedAnswer {
  const wanted = FIELD_OF_KIND[question.kind];
  const wrong = FIELDS.filter((field) => field !== wanted && present(raw[field]));
  if (wrong.length > 0) {
    return invalid(wrong.map((field) => issue([field], `This question wants "${wanted}".`)));
  }
  switch (question.kind) {
    case "SINGLE_CHOICE":
    case "MULTIPLE_CHOICE":
      return checkChoices(question, raw.choiceIds ?? []);
    case "TYPED":
      return checkTyped(question, raw.text ?? "");
    case "ORDER":
      return checkOrder(question, raw.order ?? []);
  }
}

function checkChoices(question: ContentQuestion, ids: readonly string[]): CheckedAnswer {
  const issues = listIssues(question, "choiceIds", ids);
  if (ids.length === 0) issues.push(issue(["choiceIds"], "Pick a choice."));
  if (question.kind === "SINGLE_CHOICE" && ids.length > 1) {
    issues.push(issue(["choiceIds"], "Pick one choice only."));
  }
  if (issues.length > 0) return invalid(issues);

  const picked = new Set(ids);
  const choices = question.choices.filter(({ id }) => picked.has(id));
  const right = choices.filter(({ correct }) => correct).length;
  const rightOnes = question.choices.filter(({ correct }) => correct).length;
  const wrong = choices.length - right;
  const choiceIds = choices.map(({ id }) => id);
  const correct = right === rightOnes && wrong === 0;
  const partial: Share = { num: Math.max(0, right - wrong), den: Math.max(1, rightOnes) };
  return {
    kind: "judged",
    given: { choiceIds, text: null },
    fingerprint: `choices:${[...choiceIds].sort().join(",")}`,
    tallyKeys: choiceIds,
    correct,
    share: question.kind === "MULTIPLE_CHOICE" ? partial : correct ? ALL : NOTHING,
  };
}

function checkTyped(question: ContentQuestion, raw: string): CheckedAnswer {
  const text = withCollapsedSpaces(storable(raw).normalize("NFC"));
  const compared = folded(storable(raw));
  if (compared === "") return invalid([issue(["text"], "Write an answer.")]);
  if (firstCodePoints(text, TEXT_LIMIT) !== text) {
    return invalid([issue(["text"], `An answer has at most ${TEXT_LIMIT} characters.`)]);
  }
  const correct = question.acceptedAnswers.some((accepted) => folded(accepted) === compared);
  return {
    kind: "judged",
    given: { choiceIds: [], text },
    fingerprint: `text:${compared}`,
    tallyKeys: [`${TEXT_KEY}${firstCodePoints(compared, TALLY_TEXT_LIMIT)}`],
    correct,
    share: correct ? ALL : NOTHING,
  };
}

function checkOrder(question: ContentQuestion, ids: readonly string[]): CheckedAnswer {
  const issues = listIssues(question, "order", ids);
  if (issues.length === 0 && ids.length !== question.choices.length) {
    issues.push(issue(["order"], "Put every part in order, each once."));
  }
  if (issues.length > 0) return invalid(issues);
  const correct = question.choices.every(({ id }, index) => ids[index] === id);
  return {
    kind: "judged",
    given: { choiceIds: ids as readonly ChoiceId[], text: null },
    fingerprint: `order:${ids.join(",")}`,
    tallyKeys: [],
    correct,
    share: correct ? ALL : NOTHING,
  };
}

function listIssues(question: ContentQuestion, field: Field, ids: readonly string[]): AnswerIssue[] {
  const known = new Set<string>(question.choices.map(({ id }) => id));
  const seen = new Set<string>();
  const issues: AnswerIssue[] = [];
  for (const [index, id] of ids.entries()) {
    const path = [field, String(index)];
    if (!known.has(id)) issues.push(issue(path, "This is no choice of the question."));
    else if (seen.has(id)) issues.push(issue(path, "This choice stands here twice."));
    seen.add(id);
    // A long list of nonsense is refused without an equally long answer.
    if (issues.length > known.size) break;
  }
  return issues;
}

function present(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function issue(pathInAnswer: readonly string[], message: string): AnswerIssue {
  return { path: ["answer", ...pathInAnswer], message };
}

function invalid(issues: readonly AnswerIssue[]): CheckedAnswer {
  return { kind: "invalid", issues };
}
