import { type DraftQuestion, type DraftText, LIMITS, type QuizDraft } from "./draft.ts";
import { usedParts } from "./toQuizInput.ts";

/** The name of a field on the screen: "title", "questions", or a part's key and one of its fields. */
export type FieldId = string;

export const questionField = (
  questionKey: string,
  field: "prompt" | "choices" | "acceptedAnswers" | "timeLimitSeconds" | "points" | "explanation",
): FieldId => `${questionKey}.${field}`;
export const textField = (partKey: string): FieldId => `${partKey}.text`;

/** What is wrong, as the last part of a message key with its numbers; texts from the server come as they are. */
export type ProblemText =
  | { readonly code: ProblemCode; readonly limit?: number | undefined; readonly min?: number | undefined }
  | { readonly code: "server"; readonly message: string };

export type ProblemCode =
  | "titleMissing"
  | "promptMissing"
  | "textMissing"
  | "tooLong"
  | "noQuestions"
  | "tooManyQuestions"
  | "tooFewChoices"
  | "tooFewParts"
  | "tooManyChoices"
  | "noneCorrect"
  | "severalCorrect"
  | "noAnswers"
  | "tooManyAnswers"
  | "numberRange"
  | "sameText";

export interface Problem {
  readonly field: FieldId;
  /** Null for the quiz's own fields. */
  readonly questionKey: string | null;
  readonly text: ProblemText;
  /** An error keeps the quiz from being saved; a warning does not. */
  readonly severity: "error" | "warning";
}

export function validateDraft(draft: QuizDraft): Problem[] {
  const problems: Problem[] = [];
  const add = (field: FieldId, code: ProblemCode, limit?: number) =>
    problems.push({ field, questionKey: null, text: { code, limit }, severity: "error" });
  if (draft.title.trim() === "") add("title", "titleMissing");
  else if (lengthOf(draft.title) > LIMITS.title) add("title", "tooLong", LIMITS.title);
  if (lengthOf(draft.description) > LIMITS.note) add("description", "tooLong", LIMITS.note);
  if (draft.questions.length === 0) add("questions", "noQuestions");
  if (draft.questions.length > LIMITS.maxQuestions) add("questions", "tooManyQuestions", LIMITS.maxQuestions);
  return problems.concat(draft.questions.flatMap(validateQuestion));
}

export const isValid = (problems: readonly Problem[]): boolean =>
  problems.every(({ severity }) => severity === "warning");

function validateQuestion(question: DraftQuestion): Problem[] {
  const problems: Problem[] = [];
  const push = (field: FieldId, text: ProblemText, severity: Problem["severity"] = "error") =>
    problems.push({ field, questionKey: question.key, text, severity });
  const { choices, answers } = usedParts(question);

  if (question.prompt.trim() === "") push(questionField(question.key, "prompt"), { code: "promptMissing" });
  if (lengthOf(question.prompt) > LIMITS.prompt) {
    push(questionField(question.key, "prompt"), { code: "tooLong", limit: LIMITS.prompt });
  }

  if (question.kind === "TYPED") {
    const field = questionField(question.key, "acceptedAnswers");
    if (answers.length === 0) push(field, { code: "noAnswers" });
    if (answers.length > LIMITS.maxAnswers) push(field, { code: "tooManyAnswers", limit: LIMITS.maxAnswers });
  } else {
    const code = choicesProblem(question.kind, choices);
    if (code)
      push(questionField(question.key, "choices"), {
        code,
        limit: LIMITS.maxChoices,
        min: LIMITS.minChoices,
      });
  }

  for (const part of [...choices, ...answers]) {
    if (part.text.trim() === "") push(textField(part.key), { code: "textMissing" });
    if (lengthOf(part.text) > LIMITS.choice)
      push(textField(part.key), { code: "tooLong", limit: LIMITS.choice });
  }
  for (const { twin, exact } of repeated([...choices, ...answers])) {
    // Players could not tell them apart. The server drops an answer's double by itself, and refuses a choice's.
    const severity = exact && question.kind !== "TYPED" ? "error" : "warning";
    push(textField(twin.key), { code: "sameText" }, severity);
  }
  if (lengthOf(question.explanation) > LIMITS.note) {
    push(questionField(question.key, "explanation"), { code: "tooLong", limit: LIMITS.note });
  }

  const { timeLimitSeconds: seconds, points } = question;
  if (!isWhole(seconds, LIMITS.minSeconds, LIMITS.maxSeconds)) {
    const text = { code: "numberRange", min: LIMITS.minSeconds, limit: LIMITS.maxSeconds } as const;
    push(questionField(question.key, "timeLimitSeconds"), text);
  }
  if (!isWhole(points, 0, LIMITS.maxPoints)) {
    push(questionField(question.key, "points"), { code: "numberRange", min: 0, limit: LIMITS.maxPoints });
  }
  return problems;
}

function choicesProblem(
  kind: "SINGLE_CHOICE" | "MULTIPLE_CHOICE" | "ORDER",
  choices: readonly { correct: boolean }[],
): ProblemCode | null {
  if (choices.length < LIMITS.minChoices) return kind === "ORDER" ? "tooFewParts" : "tooFewChoices";
  if (choices.length > LIMITS.maxChoices) return "tooManyChoices";
  if (kind === "ORDER") return null;
  const right = choices.filter(({ correct }) => correct).length;
  if (right === 0) return "noneCorrect";
  return kind === "SINGLE_CHOICE" && right > 1 ? "severalCorrect" : null;
}

/** In characters as people count them, without space around the text. */
const lengthOf = (text: string): number => [...text.trim()].length;

/** The parts that are like an earlier one, compared as TYPED answers are, and whether they are its exact double. */
function repeated(parts: readonly DraftText[]): { twin: DraftText; exact: boolean }[] {
  const seen = new Map<string, string>();
  return parts.flatMap((part) => {
    const text = part.text.trim();
    const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
    const earlier = seen.get(plain);
    if (earlier === undefined) seen.set(plain, text);
    return plain === "" || earlier === undefined ? [] : [{ twin: part, exact: earlier === text }];
  });
}

const isWhole = (value: number | null, min: number, max: number): boolean =>
  value !== null && Number.isInteger(value) && value >= min && value <= max;
