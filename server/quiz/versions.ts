import type { QuizId } from "../core/ids.ts";
import { Prisma, type PrismaClient } from "../generated/prisma/client.ts";

/**
 * How long a version that nobody played stays after its quiz moved on. A session reads the version first, and is in
 * PostgreSQL only once the journal has written it: until then nothing else would hold the version.
 */
const GRACE_MS = 10 * 60 * 1000;

/** Deletes the versions of a quiz that were superseded a while ago and have no session. `now`: ms since 1970. */
export async function forgetOldVersions(prisma: PrismaClient, quizId: QuizId, now: number): Promise<void> {
  const limit = new Date(now - GRACE_MS);
  try {
    await prisma.$executeRaw`
      DELETE FROM quiz_version AS old
      WHERE old.quiz_id = ${quizId}::uuid
        AND NOT EXISTS (SELECT 1 FROM session WHERE session.quiz_version_id = old.id)
        AND NOT EXISTS (SELECT 1 FROM quiz WHERE quiz.version_id = old.id)
        AND EXISTS (
          SELECT 1 FROM quiz_version AS next
          WHERE next.quiz_id = old.quiz_id AND next.id > old.id AND next.created_at < ${limit})`;
  } catch (error) {
    // A session of such a version was written meanwhile, and holds it; the next edit tries again.
    if (!isForeignKeyViolation(error)) throw error;
  }
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && /foreign key/i.test(error.message);
}
