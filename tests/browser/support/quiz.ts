import type { Quiz, Session, SessionOptions } from "../../api/shapes.ts";
import { questions, quizInput } from "../../fixtures/quizInput.ts";
import type { Product } from "./test.ts";

/** Long enough for the slowest machine: no test of a page depends on how fast it is. */
const timeLimitSeconds = 300;

/** What is right in the quiz of `createShortQuiz`, as players see it. */
export const RIGHT = {
  single: "tiny",
  multiple: ["plum", "pear"],
  typed: "grey",
  order: ["She", "has", "already", "left."],
} as const;

/** The prompts of its four questions, one of each kind. */
export const PROMPTS = Object.values(questions).map(({ prompt }) => prompt);

/** A quiz of the demo host with a question of each kind. */
export function createShortQuiz({ api, hostToken }: Product, title: string): Promise<Quiz> {
  return api.createQuiz(hostToken, {
    ...quizInput({ title }),
    questions: Object.values(questions).map((question) => ({
      ...structuredClone(question),
      timeLimitSeconds,
    })),
  });
}

/** A lobby of that quiz, opened by a program: for tests in which opening it is not the point. */
export async function openShortQuiz(
  product: Product,
  title: string,
  options: SessionOptions = {},
): Promise<{ quiz: Quiz; session: Session }> {
  const quiz = await createShortQuiz(product, title);
  return { quiz, session: await product.api.open(product.hostToken, quiz.id, options) };
}
