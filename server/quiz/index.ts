import type { Clock } from "../core/clock.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { createQuizContent } from "./content.ts";
import { createQuizReads } from "./readQuizzes.ts";
import { createQuizWrites } from "./writeQuizzes.ts";

export type { CefrLevel, Choice, Question, QuestionKind, Quiz, Visibility } from "./quiz.ts";
export type { QuizListArgs } from "./readQuizzes.ts";
export type { QuizInput } from "./rules.ts";
export { DEMO_HOST, seedDemo } from "./seedDemo.ts";

export type Quizzes = ReturnType<typeof createQuizzes>;
export type QuizContent = Quizzes["content"];

export function createQuizzes(prisma: PrismaClient, clock: Clock) {
  return {
    ...createQuizReads(prisma),
    ...createQuizWrites(prisma, clock),
    content: createQuizContent(prisma),
  };
}
