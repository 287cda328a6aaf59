import { z } from "zod";
import type { Answer, Attempt, DeadLetter, PrismaClient, Session } from "../generated/prisma/client.ts";

/** Everything that PostgreSQL has of a session, at one moment. */
export interface SessionHistory {
  readonly session: Session | null;
  readonly attempts: readonly Attempt[];
  readonly answers: readonly Answer[];
  readonly deadLetters: readonly DeadLetter[];
  /** Of the questions that the session plays, in their order. */
  readonly questionIds: readonly string[];
}

const questions = z.array(z.object({ id: z.string() }));

export async function readHistory(prisma: PrismaClient, sessionId: string): Promise<SessionHistory> {
  const where = { sessionId };
  const [found, attempts, answers, deadLetters] = await prisma.$transaction(
    [
      prisma.session.findUnique({ where: { id: sessionId }, include: { quizVersion: true } }),
      prisma.attempt.findMany({ where, orderBy: { id: "asc" } }),
      prisma.answer.findMany({ where, orderBy: [{ attemptId: "asc" }, { number: "asc" }] }),
      prisma.deadLetter.findMany({ where, orderBy: { entryId: "asc" } }),
    ],
    { isolationLevel: "RepeatableRead" },
  );
  const read = questions.safeParse(found?.quizVersion.questions);
  return {
    session: found,
    attempts,
    answers,
    deadLetters,
    questionIds: read.success ? read.data.map(({ id }) => id) : [],
  };
}
