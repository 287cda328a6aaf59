import DataLoader from "dataloader";
import type { QuestionId, SessionId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { Tally } from "../session/domain/questionViews.ts";

const EMPTY: Tally = { answerCount: 0, correctCount: 0, counts: {} };

interface QuestionRow {
  readonly question_id: string;
  readonly answers: number;
  readonly correct: number;
}

interface KeyRow {
  readonly question_id: string;
  readonly key: string;
  readonly count: number;
}

/** How the answers to each question of a session fell, counted by PostgreSQL: two statements for all questions. */
async function talliesOf(prisma: PrismaClient, sessionId: SessionId): Promise<Map<string, Tally>> {
  const [questions, keys] = await Promise.all([
    prisma.$queryRaw<QuestionRow[]>`
      SELECT question_id::text, count(*)::int AS answers, count(*) FILTER (WHERE correct)::int AS correct
      FROM answer JOIN attempt ON attempt.id = attempt_id
      WHERE answer.session_id = ${sessionId}::uuid AND attempt.status <> 'REMOVED' GROUP BY question_id`,
    prisma.$queryRaw<KeyRow[]>`
      SELECT question_id::text, key, count(*)::int AS count
      FROM answer JOIN attempt ON attempt.id = attempt_id CROSS JOIN unnest(tally_keys) AS key
      WHERE answer.session_id = ${sessionId}::uuid AND attempt.status <> 'REMOVED' GROUP BY question_id, key`,
  ]);
  const counts = new Map<string, Record<string, number>>();
  for (const { question_id, key, count } of keys) {
    const ofQuestion = counts.get(question_id) ?? {};
    ofQuestion[key] = count;
    counts.set(question_id, ofQuestion);
  }
  return new Map(
    questions.map(({ question_id, answers, correct }) => [
      question_id,
      { answerCount: answers, correctCount: correct, counts: counts.get(question_id) ?? {} },
    ]),
  );
}

/** Reads tallies; what is asked for in one turn of the event loop is read together. */
export function createTallyReader(prisma: PrismaClient) {
  const sessions = new DataLoader<SessionId, Map<string, Tally>>(
    (ids) => {
      // Without its cache the loader gives an id as often as it was asked for: once for each question.
      const reading = new Map<SessionId, Promise<Map<string, Tally>>>();
      for (const id of new Set(ids)) reading.set(id, talliesOf(prisma, id));
      return Promise.all(ids.map((id) => reading.get(id) ?? new Map<string, Tally>()));
    },
    { cache: false },
  );
  return async (sessionId: SessionId, questionId: QuestionId): Promise<Tally> =>
    (await sessions.load(sessionId)).get(questionId) ?? EMPTY;
}
