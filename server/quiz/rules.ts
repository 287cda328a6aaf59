import { z } from "zod";
import { optionalTextOf, textOf } from "../core/textRules.ts";
import { CEFR_LEVELS, QUESTION_KINDS, VISIBILITIES } from "./quiz.ts";

const DEFAULT_TIME_LIMIT_SECONDS = 20;
const DEFAULT_POINTS = 1000;
const CHOICES = { min: 2, max: 8 };

const whole = (what: string, min: number, max: number, unless: number) =>
  z
    .int(`${what} is a whole number.`)
    .min(min, `${what} is from ${min} to ${max}.`)
    .max(max, `${what} is from ${min} to ${max}.`)
    .nullish()
    .transform((value) => value ?? unless);

const choiceRules = z.object({
  id: z.string().nullish(),
  text: textOf("The text", 1, 200),
  correct: z
    .boolean()
    .nullish()
    .transform((correct) => correct ?? false),
});

const questionFields = z.object({
  id: z.string().nullish(),
  kind: z.enum(QUESTION_KINDS),
  prompt: textOf("The prompt", 1, 500),
  choices: z
    .array(choiceRules)
    .nullish()
    .transform((choices) => choices ?? []),
  acceptedAnswers: z
    .array(textOf("The answer", 1, 200))
    .nullish()
    .transform((answers) => [...new Set(answers ?? [])]),
  timeLimitSeconds: whole("The time limit in seconds", 1, 600, DEFAULT_TIME_LIMIT_SECONDS),
  points: whole("The number of points", 0, 10_000, DEFAULT_POINTS),
  explanation: optionalTextOf("The explanation", 1000),
});

type QuestionFields = z.output<typeof questionFields>;

/** What the kind of a question asks of it, beyond its fields; each issue with its path from the question down. */
const questionRules = questionFields.superRefine((question, context) => {
  const refuse = (path: (string | number)[], message: string) =>
    context.addIssue({ code: "custom", path, message });
  if (question.kind === "TYPED") {
    if (question.choices.length > 0) refuse(["choices"], "A typed question has no choices.");
    const { length } = question.acceptedAnswers;
    if (length < 1 || length > 20)
      refuse(["acceptedAnswers"], "A typed question has 1 to 20 accepted answers.");
    return;
  }
  if (question.acceptedAnswers.length > 0) {
    refuse(["acceptedAnswers"], "Only a typed question has accepted answers.");
  }
  const wrongCount = countIssue(question);
  if (wrongCount) refuse(["choices"], wrongCount);
  for (const [index, { text }] of question.choices.entries()) {
    const first = question.choices.findIndex((choice) => choice.text === text);
    if (first < index) refuse(["choices", index, "text"], "Two choices have the same text.");
  }
});

function countIssue({ kind, choices }: QuestionFields): string | null {
  const { min, max } = CHOICES;
  if (choices.length < min || choices.length > max) return `There are ${min} to ${max} choices.`;
  const count = choices.filter(({ correct }) => correct).length;
  if (kind === "SINGLE_CHOICE" && count !== 1) return "Exactly one choice is correct.";
  if (kind === "MULTIPLE_CHOICE" && count === 0) return "At least one choice is correct.";
  return null;
}

/** What a quiz must be to be saved; the output has all defaults filled in, and clean texts. */
export const quizRules = z.object({
  visibility: z
    .enum(VISIBILITIES)
    .nullish()
    .transform((visibility) => visibility ?? "PRIVATE"),
  title: textOf("The title", 1, 120),
  description: optionalTextOf("The description", 1000),
  level: z
    .enum(CEFR_LEVELS)
    .nullish()
    .transform((level) => level ?? null),
  questions: z
    .array(questionRules)
    .min(1, "A quiz has at least one question.")
    .max(200, "A quiz has at most 200 questions."),
});

/** A quiz as its author sends it. Ids are those of questions and choices it has already; others are new. */
export type QuizInput = z.input<typeof quizRules>;
export type QuizDraft = z.output<typeof quizRules>;
