import { z } from "zod";
import type { ChoiceId, Id, QuestionId } from "../core/ids.ts";
import type { Prisma, Quiz as QuizRow } from "../generated/prisma/client.ts";
import { QUESTION_KINDS, type Question, type Quiz } from "./quiz.ts";

/** The id of a row: PostgreSQL has checked it. */
const rowId = <Kind extends string>(text: string) => text as Id<Kind>;

export function toQuiz(row: QuizRow): Quiz {
  return {
    id: rowId(row.id),
    ownerId: rowId(row.ownerId),
    visibility: row.visibility,
    title: row.title,
    description: row.description,
    level: row.level,
    questionCount: row.questionCount,
    versionId: rowId(row.versionId),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const storedQuestions = z.array(
  z.object({
    id: z.string().transform((id): QuestionId => rowId(id)),
    kind: z.enum(QUESTION_KINDS),
    prompt: z.string(),
    choices: z.array(
      z.object({
        id: z.string().transform((id): ChoiceId => rowId(id)),
        text: z.string(),
        correct: z.boolean(),
      }),
    ),
    acceptedAnswers: z.array(z.string()),
    timeLimitSeconds: z.number(),
    points: z.number(),
    explanation: z.string().nullable(),
  }),
);

/** Reads the questions of a version as they were written. @throws where they are not what we write */
export function readQuestions(json: Prisma.JsonValue): readonly Question[] {
  return storedQuestions.parse(json);
}

export function writeQuestions(questions: readonly Question[]): Prisma.InputJsonArray {
  return questions.map((question) => ({
    ...question,
    choices: question.choices.map((choice) => ({ ...choice })),
    acceptedAnswers: [...question.acceptedAnswers],
  }));
}
