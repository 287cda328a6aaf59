import type { Clock } from "../core/clock.ts";
import type { QuizVersionId, SessionId } from "../core/ids.ts";
import type { PrismaClient, Session } from "../generated/prisma/client.ts";
import { answerRecordOf, attemptRecordOf, phaseOf, setupOf } from "../journal/index.ts";
import { viewAttempt } from "../session/domain/attempts.ts";
import type { AttemptSnapshot, SessionSnapshot } from "../session/domain/session.ts";
import type { ContentLoader, SessionArchive } from "../session/index.ts";
import { createArchivedSessions } from "./archivedSessions.ts";

export interface ArchiveParts {
  readonly prisma: PrismaClient;
  readonly loadContent: ContentLoader;
  readonly clock: Clock;
}

/** Reads sessions, attempts and standings as the journal left them in PostgreSQL. */
export function createArchive({ prisma, loadContent, clock }: ArchiveParts): SessionArchive {
  const archived = createArchivedSessions(prisma);

  async function snapshot(id: SessionId): Promise<SessionSnapshot | null> {
    const found = await archived.byId(id);
    if (!found) return null;
    const { row, playerCount } = found;
    const content = await loadContent(row.quizVersionId as QuizVersionId);
    return {
      setup: setupOf(row, content),
      version: row.version,
      storedVersion: row.version,
      phase: phaseOf(row),
      playerCount,
      answerCount: 0,
      correctCount: 0,
      tally: {},
      now: clock.now(),
    };
  }

  return {
    byId: snapshot,

    async byCode(code) {
      if (!/^\d{6}$/.test(code)) return null;
      const select = { id: true } as const;
      const newest = await prisma.session.findFirst({
        where: { code },
        orderBy: { createdAt: "desc" },
        select,
      });
      return newest && snapshot(newest.id as SessionId);
    },

    standings: archived.standings,

    async attempt(id) {
      const row = await prisma.attempt.findUnique({
        where: { id },
        include: { session: true, answers: { orderBy: { number: "asc" } } },
      });
      if (!row) return null;
      const better = await prisma.attempt.count({
        where: { sessionId: row.sessionId, status: { not: "REMOVED" }, score: { gt: row.score } },
      });
      return snapshotOf(row, better + 1);
    },
  };
}

type AttemptRow = Parameters<typeof attemptRecordOf>[0] & {
  session: Session;
  answers: Parameters<typeof answerRecordOf>[0][];
};

/** An attempt's row with what belongs to it, as it stands among the others. */
export function snapshotOf(row: AttemptRow, rank: number): AttemptSnapshot {
  return viewAttempt({
    record: attemptRecordOf(row),
    answers: row.answers.map(answerRecordOf),
    rank,
    phase: phaseOf(row.session),
    pacing: row.session.pacing,
  });
}
