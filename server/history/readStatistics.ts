import type { QuizId, QuizVersionId, UserId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { ContentLoader } from "../session/index.ts";
import { type AttemptFilter, matching } from "./pages.ts";
import { analyse, type QuizStatistics } from "./statistics.ts";

/** Item analysis of a quiz as it is now, over its finished attempts; null for those who do not own it. */
export function createStatistics(prisma: PrismaClient, loadContent: ContentLoader) {
  return async (quizId: QuizId, userId: UserId, filter: AttemptFilter): Promise<QuizStatistics | null> => {
    const quiz = await prisma.quiz.findFirst({ where: { id: quizId, ownerId: userId, deletedAt: null } });
    if (!quiz) return null;
    const attempts = await prisma.attempt.findMany({
      where: { AND: [matching(filter), { session: { quizId } }, { status: "FINISHED" }] },
      select: {
        score: true,
        answers: {
          select: { questionId: true, choiceIds: true, correct: true, share: true, elapsedMs: true },
        },
      },
    });
    const { questions } = await loadContent(quiz.versionId as QuizVersionId);
    return analyse(questions, attempts);
  };
}
