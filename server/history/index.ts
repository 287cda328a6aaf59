import type { SessionId, UserId } from "../core/ids.ts";
import { idKey, type Page, type PageRequest, pageOf } from "../core/page.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { createAnswerPages } from "./answerPages.ts";
import { createArchive } from "./archive.ts";
import { createLeaders } from "./leaders.ts";
import { createAttemptPages } from "./pages.ts";
import { createProgress } from "./progress.ts";
import { createStatistics, type StatisticsParts } from "./readStatistics.ts";
import { createSessionPages } from "./sessionPages.ts";
import { createTallyReader } from "./tallies.ts";

export { ANSWER_CURSOR_KEYS, type AnswerFilter } from "./answerPages.ts";
export { type AttemptFilter, filterSql, Values } from "./attemptFilter.ts";
export type { AttemptOrder } from "./keyset.ts";
export { type Leader, type LeaderFigure, type Week, weekOf } from "./leaders.ts";
export type { ProgressPoint, ProgressStep } from "./progress.ts";
export { forgetRollups, inTransaction, type RunSql, rebuildAllRollups } from "./rollups/index.ts";
export { createRollupWriter } from "./rollupWriter.ts";
export type { ScoreBin } from "./scoreBins.ts";
export type {
  AttemptSelection,
  ChoiceStatistics,
  QuestionStatistics,
  QuizStatistics,
} from "./statistics.ts";
export { createArchive };

export type History = ReturnType<typeof createHistory>;

/** Reads what the journal wrote. */
export function createHistory({
  prisma,
  pool,
  loadContent,
}: StatisticsParts & { readonly prisma: PrismaClient }) {
  return {
    attempts: createAttemptPages(pool),
    /** The answers to a quiz's questions. */
    answers: createAnswerPages(pool),
    /** The sessions of a quiz. */
    quizSessions: createSessionPages(pool),
    leaders: createLeaders(pool),
    progress: createProgress(pool),
    /** How the answers to a question of a session fell. */
    tally: createTallyReader(prisma),
    statistics: createStatistics({ pool, loadContent }),
    sessionsOf: (userId: UserId, request: PageRequest) => sessionsOf(prisma, userId, request),
  };
}

/** The sessions that a user opened, newest first: their ids sort by when that was. */
async function sessionsOf(
  prisma: PrismaClient,
  userId: UserId,
  request: PageRequest,
): Promise<Page<SessionId>> {
  const [before] = request.after ?? [];
  const rows = await prisma.session.findMany({
    where: { hostId: userId, ...(before !== undefined && { id: { lt: idKey(before) } }) },
    orderBy: { id: "desc" },
    take: request.first + 1,
    select: { id: true },
  });
  return pageOf(
    request,
    rows,
    ({ id }) => [id],
    ({ id }) => id as SessionId,
  );
}
