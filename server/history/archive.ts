import type { Clock } from "../core/clock.ts";
import type { AttemptId, QuizVersionId, SessionId } from "../core/ids.ts";
import type { PrismaClient, Session } from "../generated/prisma/client.ts";
import { answerRecordOf, attemptRecordOf, phaseOf, setupOf } from "../journal/index.ts";
import { viewAttempt } from "../session/domain/attempts.ts";
import type { AttemptSnapshot, SessionSnapshot, Standings } from "../session/domain/session.ts";
import type { ContentLoader, SessionArchive } from "../session/index.ts";

export interface ArchiveParts {
  readonly prisma: PrismaClient;
  readonly loadContent: ContentLoader;
  readonly clock: Clock;
}

/** Reads sessions, attempts and standings as the journal left them in PostgreSQL. */
export function createArchive({ prisma, loadContent, clock }: ArchiveParts): SessionArchive {
  async function snapshot(row: Session | null): Promise<SessionSnapshot | null> {
    if (!row) return null;
    const [content, playerCount] = await Promise.all([
      loadContent(row.quizVersionId as QuizVersionId),
      prisma.attempt.count({ where: { sessionId: row.id, status: { not: "REMOVED" } } }),
    ]);
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
    byId: async (id) => snapshot(await prisma.session.findUnique({ where: { id } })),

    byCode: async (code) =>
      /^\d{6}$/.test(code)
        ? snapshot(await prisma.session.findFirst({ where: { code }, orderBy: { createdAt: "desc" } }))
        : null,

    standings: (id, first) => readStandings(prisma, id, first),

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

async function readStandings(prisma: PrismaClient, id: SessionId, first: number): Promise<Standings | null> {
  const session = await prisma.session.findUnique({ where: { id }, select: { version: true } });
  if (!session) return null;
  const where = { sessionId: id, status: { not: "REMOVED" } } as const;
  const [rows, playerCount] = await Promise.all([
    prisma.attempt.findMany({
      where,
      orderBy: [{ score: "desc" }, { reachedVersion: "asc" }],
      take: first,
    }),
    prisma.attempt.count({ where }),
  ]);
  let rank = 0;
  let lastScore: number | null = null;
  const entries = rows.map(({ id: attemptId, nickname, score, correctCount }, index) => {
    if (score !== lastScore) rank = index + 1;
    lastScore = score;
    return { rank, attemptId: attemptId as AttemptId, nickname, score, correctCount };
  });
  return { version: session.version, playerCount, entries };
}
