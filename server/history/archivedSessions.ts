import type { AttemptId, SessionId } from "../core/ids.ts";
import type { PrismaClient, Session } from "../generated/prisma/client.ts";
import type { Standings } from "../session/domain/session.ts";
import { batched } from "./batched.ts";

export interface ArchivedSession {
  readonly row: Session;
  readonly playerCount: number;
}

/** Reads rows of sessions, and their standings, for many sessions at once. */
export function createArchivedSessions(prisma: PrismaClient) {
  const playing = { status: { not: "REMOVED" } } as const;

  async function playerCounts(ids: readonly SessionId[]): Promise<ReadonlyMap<string, number>> {
    const counts = await prisma.attempt.groupBy({
      by: "sessionId",
      where: { sessionId: { in: [...ids] }, ...playing },
      _count: true,
    });
    return new Map(counts.map(({ sessionId, _count }) => [sessionId, _count]));
  }

  const session = batched<SessionId, null, ArchivedSession | null>(async (ids) => {
    const [rows, counts] = await Promise.all([
      prisma.session.findMany({ where: { id: { in: [...ids] } } }),
      playerCounts(ids),
    ]);
    return new Map(rows.map((row) => [row.id as SessionId, { row, playerCount: counts.get(row.id) ?? 0 }]));
  }, null);

  const standings = batched<SessionId, number, Standings | null>(async (ids, first) => {
    const [rows, counts, best] = await Promise.all([
      prisma.session.findMany({ where: { id: { in: [...ids] } }, select: { id: true, version: true } }),
      playerCounts(ids),
      prisma.$queryRawUnsafe<BestRow[]>(BEST, [...ids], first),
    ]);
    const ranked = new Map<string, BestRow[]>();
    for (const row of best) ranked.set(row.session_id, [...(ranked.get(row.session_id) ?? []), row]);
    return new Map(
      rows.map(({ id, version }) => [
        id as SessionId,
        { version, playerCount: counts.get(id) ?? 0, entries: entriesOf(ranked.get(id) ?? []) },
      ]),
    );
  }, null);

  return {
    byId: (id: SessionId) => session(id, null),
    standings: (id: SessionId, first: number) => standings(id, first),
  };
}

interface BestRow {
  readonly session_id: string;
  readonly id: string;
  readonly nickname: string;
  readonly score: number;
  readonly correct_count: number;
}

const BEST = `SELECT wanted.session_id::text, best.id::text, nickname, score, correct_count
  FROM unnest($1::uuid[]) AS wanted (session_id) CROSS JOIN LATERAL (
    SELECT id, nickname, score, correct_count, reached_version FROM attempt
    WHERE attempt.session_id = wanted.session_id AND status <> 'REMOVED'
    ORDER BY score DESC, reached_version LIMIT $2::int
  ) AS best ORDER BY wanted.session_id, score DESC, reached_version`;

/** Equal scores share a rank: 1, 2, 2, 4. */
function entriesOf(rows: readonly BestRow[]): Standings["entries"] {
  let rank = 0;
  let lastScore: number | null = null;
  return rows.map(({ id, nickname, score, correct_count: correctCount }, index) => {
    if (score !== lastScore) rank = index + 1;
    lastScore = score;
    return { rank, attemptId: id as AttemptId, nickname, score, correctCount };
  });
}
