import { readdirSync, readFileSync } from "node:fs";
import type { Question } from "./api.ts";

export type AnswerInput =
  | { readonly choiceIds: readonly string[] }
  | { readonly text: string }
  | { readonly order: readonly string[] };

interface KnownQuestion {
  readonly prompt: string;
  readonly choices?: readonly { readonly text: string; readonly correct?: boolean }[];
  readonly acceptedAnswers?: readonly string[];
}

/** What a class of learners would know of the demo quizzes; of other quizzes, nobody knows anything. */
export function loadKnowledge(folder: URL): ReadonlyMap<string, KnownQuestion> {
  const known = new Map<string, KnownQuestion>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const quiz = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as { questions: KnownQuestion[] };
    for (const question of quiz.questions) known.set(keyOf(question), question);
  }
  return known;
}

/** Prompts such as "Put the words in order" come more than once; with the choices they do not. */
const keyOf = ({ prompt, choices }: Pick<KnownQuestion, "prompt" | "choices">) =>
  [prompt, ...(choices ?? []).map(({ text }) => text).sort()].join("\n");

const GUESSES = ["house", "beautiful", "because", "quickly", "umbrella", "borrow", "neighbour", "schedule"];

const pick = <Value>(values: readonly Value[]): Value | undefined =>
  values[Math.floor(Math.random() * values.length)];

function shuffled<Value>(values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

/** An answer as a learner would give it: right with the chance `skill` where it can be known, else a guess. */
export function think(
  question: Question,
  knowledge: ReadonlyMap<string, KnownQuestion>,
  skill: number,
): AnswerInput {
  const known = Math.random() < skill ? knowledge.get(keyOf(question)) : undefined;
  const idOf = (text: string) => question.choices.find((choice) => choice.text === text)?.id ?? "";
  switch (question.kind) {
    case "TYPED":
      return { text: pick(known?.acceptedAnswers ?? GUESSES) ?? "?" };
    case "ORDER":
      return {
        order: known?.choices
          ? known.choices.map(({ text }) => idOf(text))
          : shuffled(question.choices).map(({ id }) => id),
      };
    case "SINGLE_CHOICE":
    case "MULTIPLE_CHOICE": {
      const right = known?.choices?.filter(({ correct }) => correct).map(({ text }) => idOf(text));
      if (right) return { choiceIds: right };
      const count = question.kind === "SINGLE_CHOICE" ? 1 : 1 + Math.floor(Math.random() * 3);
      return {
        choiceIds: shuffled(question.choices)
          .slice(0, count)
          .map(({ id }) => id),
      };
    }
  }
}

/**
 * How long a learner takes, in milliseconds: log-normal, as response times are (van der Linden 2006), about a third
 * of the time limit, and within it for nearly all.
 */
export function thinkingTimeMs(timeLimitSeconds: number, speed: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  const seconds = (timeLimitSeconds / 3) * Math.exp(0.45 * normal);
  return Math.min((seconds / speed) * 1000, timeLimitSeconds * 950);
}
