import type { AttemptId } from "../core/ids.ts";
import type { Answer, Attempt, Session } from "../generated/prisma/client.ts";
import type { AttemptSnapshot } from "../session/domain/session.ts";
import { snapshotOf } from "./archive.ts";
import type { RunSql } from "./rollups/index.ts";
import { ANSWER_COLUMNS, ATTEMPT_COLUMNS, SESSION_COLUMNS } from "./rowColumns.ts";

/** Of a finished session, ranks are stored; otherwise 1 more than how many scored more. */
const RANK = `CASE WHEN attempt.final_rank IS NOT NULL THEN attempt.final_rank ELSE (
    SELECT count(*)::int + 1 FROM attempt AS other WHERE other.session_id = attempt.session_id
      AND other.status <> 'REMOVED' AND other.score > attempt.score
  ) END AS rank`;
const ATTEMPTS = `SELECT ${ATTEMPT_COLUMNS}, ${RANK} FROM attempt WHERE id = ANY ($1::uuid[])`;
const SESSIONS = `SELECT ${SESSION_COLUMNS} FROM session
  WHERE id IN (SELECT session_id FROM attempt WHERE id = ANY ($1::uuid[]))`;
const ANSWERS = `SELECT ${ANSWER_COLUMNS} FROM answer WHERE attempt_id = ANY ($1::uuid[]) ORDER BY number`;

/** Reads attempts with their answers, in the order of the ids: one statement for each kind of row, however many there are. */
export async function readAttempts(run: RunSql, ids: readonly string[]): Promise<AttemptSnapshot[]> {
  if (ids.length === 0) return [];
  const [attempts, sessions, answers] = await Promise.all([
    run<Attempt & { readonly rank: number }>(ATTEMPTS, [ids]),
    run<Session>(SESSIONS, [ids]),
    run<Answer>(ANSWERS, [ids]),
  ]);
  const sessionOf = new Map(sessions.map((session) => [session.id, session]));
  const answersOf = new Map<string, Answer[]>(ids.map((id) => [id, []]));
  for (const answer of answers) answersOf.get(answer.attemptId)?.push(answer);
  const snapshots = new Map<string, AttemptSnapshot>();
  for (const attempt of attempts) {
    const session = sessionOf.get(attempt.sessionId);
    const row = session && { ...attempt, session, answers: answersOf.get(attempt.id) ?? [] };
    if (row) snapshots.set(attempt.id, snapshotOf(row, attempt.rank));
  }
  return ids.flatMap((id) => snapshots.get(id) ?? []);
}

/** The same by id, for those who were found. */
export async function attemptsById(
  run: RunSql,
  ids: readonly AttemptId[],
): Promise<Map<AttemptId, AttemptSnapshot | null>> {
  const found = await readAttempts(run, ids);
  return new Map(found.map((attempt) => [attempt.record.id, attempt]));
}
