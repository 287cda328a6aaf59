import DataLoader from "dataloader";
import type { QuestionId, SessionId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { Tally } from "../session/domain/questionViews.ts";

const EMPTY: Tally = { answerCount: 0, correctCount: 0, counts: {} };

interface QuestionRow {
  readonly session_id: SessionId;
  readonly question_id: string;
  readonly answers: number;
  readonly correct: number;
}

interface KeyRow {
  readonly session_id: SessionId;
  readonly question_id: string;
  readonly key: string;
  readonly count: number;
}

/** How the answers to each question of sessions fell, counted by PostgreSQL: two statements for all of them. */
async function talliesOf(
  prisma: PrismaClient,
  ids: readonly SessionId[],
): Promise<Map<SessionId, Map<string, Tally>>> {
  const [questions, keys] = await Promise.all([
    prisma.$queryRawUnsafe<QuestionRow[]>(
      `SELECT answer.session_id::text, question_id::text, count(*)::int AS answers,
         count(*) FILTER (WHERE correct)::int AS correct
       FROM answer JOIN attempt ON attempt.id = attempt_id
       WHERE answer.session_id = ANY ($1::uuid[]) AND attempt.status <> 'REMOVED' GROUP BY answer.session_id, question_id`,
      [...ids],
    ),
    prisma.$queryRawUnsafe<KeyRow[]>(
      `SELECT answer.session_id::text, question_id::text, key, count(*)::int AS count
       FROM answer JOIN attempt ON attempt.id = attempt_id CROSS JOIN unnest(tally_keys) AS key
       WHERE answer.session_id = ANY ($1::uuid[]) AND attempt.status <> 'REMOVED' GROUP BY answer.session_id, question_id, key`,
      [...ids],
    ),
  ]);
  const nameOf = (row: QuestionRow | KeyRow) => `${row.session_id}:${row.question_id}`;
  const counts = new Map<string, Record<string, number>>();
  for (const row of keys) {
    const ofQuestion = counts.get(nameOf(row)) ?? {};
    ofQuestion[row.key] = row.count;
    counts.set(nameOf(row), ofQuestion);
  }
  const tallies = new Map(ids.map((id) => [id, new Map<string, Tally>()]));
  for (const row of questions) {
    tallies.get(row.session_id)?.set(row.question_id, {
      answerCount: row.answers,
      correctCount: row.correct,
      counts: counts.get(nameOf(row)) ?? {},
    });
  }
  return tallies;
}

export interface TallyReader {
  /** As it is now; what is asked for in one turn of the event loop is read together. */
  exact(sessionId: SessionId, questionId: QuestionId): Promise<Tally>;
  /**
   * As it was at most a second ago, or longer while PostgreSQL is away: for counts that everybody who plays asks for,
   * who must neither wait for each other nor for a history that nobody needs to go on.
   */
  recent(sessionId: SessionId, questionId: QuestionId): Promise<Tally>;
}

type Tallies = ReadonlyMap<string, Tally>;

const RECENT_MS = 1000;
const KEPT_SESSIONS = 1000;

export function createTallyReader(prisma: PrismaClient): TallyReader {
  const sessions = new DataLoader<SessionId, Tallies>(
    async (ids) => {
      // Without its cache the loader gives an id as often as it was asked for: once for each question.
      const tallies = await talliesOf(prisma, [...new Set(ids)]);
      return ids.map((id) => tallies.get(id) ?? new Map<string, Tally>());
    },
    { cache: false },
  );
  const kept = new Map<SessionId, { readonly at: number; readonly read: Promise<Tallies> }>();

  function recentOf(id: SessionId): Promise<Tallies> {
    const known = kept.get(id);
    if (known && performance.now() - known.at < RECENT_MS) return known.read;
    const read = sessions.load(id).catch((error: unknown) => {
      if (known) return known.read;
      kept.delete(id);
      throw error;
    });
    kept.delete(id);
    kept.set(id, { at: performance.now(), read });
    const oldest = kept.keys().next();
    if (kept.size > KEPT_SESSIONS && !oldest.done) kept.delete(oldest.value);
    return read;
  }

  return {
    exact: async (sessionId, questionId) => (await sessions.load(sessionId)).get(questionId) ?? EMPTY,
    recent: async (sessionId, questionId) => (await recentOf(sessionId)).get(questionId) ?? EMPTY,
  };
}
