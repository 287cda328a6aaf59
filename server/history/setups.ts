import type { QuizId, QuizVersionId, SessionId, UserId } from "../core/ids.ts";
import type { Session } from "../generated/prisma/client.ts";
import { plannedQuestions, type SessionContent } from "../session/domain/content.ts";
import type { SessionSetup } from "../session/domain/session.ts";

/** What never changes in a session, from its row and the content that it plays. */
export function setupOf(row: Session, content: SessionContent): SessionSetup {
  return {
    id: row.id as SessionId,
    code: row.code,
    hostId: row.hostId as UserId,
    quizId: row.quizId as QuizId,
    quizVersionId: row.quizVersionId as QuizVersionId,
    quizTitle: content.title,
    pacing: row.pacing,
    scoring: row.scoring,
    closeWhenAllAnswered: row.closeWhenAllAnswered,
    seed: row.seed,
    createdAt: row.createdAt.getTime(),
    questions: plannedQuestions(content),
  };
}
