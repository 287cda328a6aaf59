import type { QuizId, QuizVersionId, UserId } from "../core/ids.ts";
import type { PrismaClient, QuizVersion } from "../generated/prisma/client.ts";
import type { SessionContent } from "../session/domain/content.ts";
import { readQuestions } from "./rows.ts";
import { runnableQuiz } from "./writeQuizzes.ts";

/** What sessions play of quizzes. */
export function createQuizContent(prisma: PrismaClient) {
  const version = (id: string) => prisma.quizVersion.findUnique({ where: { id } });
  return {
    /** The content of a version that a session plays; null where there is none. It never changes: keep it. */
    async load(id: QuizVersionId): Promise<SessionContent | null> {
      const row = await version(id);
      return row && toContent(row);
    },

    /**
     * What a new session of this quiz plays: a public quiz for everyone, a private one for its owner.
     * @throws NotFoundError, ForbiddenError
     */
    async forNewSession(id: QuizId, user: UserId): Promise<SessionContent> {
      const { versionId } = await runnableQuiz(prisma, id, user);
      return toContent(await prisma.quizVersion.findUniqueOrThrow({ where: { id: versionId } }));
    },
  };
}

function toContent(row: QuizVersion): SessionContent {
  return {
    quizVersionId: row.id as QuizVersionId,
    quizId: row.quizId as QuizId,
    title: row.title,
    questions: readQuestions(row.questions).map(({ timeLimitSeconds, ...question }) => ({
      ...question,
      timeLimitMs: timeLimitSeconds * 1000,
    })),
  };
}
