import type { ClientBase } from "pg";
import { dataError } from "../../journal/index.ts";
import { AGGREGATES, ASKED, GIVEN_COLUMNS, ROLLUP_TABLES, SHARE } from "./aggregates.ts";
import { type RunSql, sqlOf } from "./sql.ts";

/** What a transaction has changed that may count: attempts that do not play any more, and sessions that may be finished. */
export interface Touched {
  readonly attemptIds: readonly string[];
  readonly sessionIds: readonly string[];
}

/** A finished attempt counts once, as it is now; whatever else was counted before is to be taken out. */
const CHANGED = `FROM attempt LEFT JOIN counted_attempt AS counted ON counted.attempt_id = attempt.id
  WHERE (attempt.id = ANY ($1::uuid[]) OR attempt.session_id = ANY ($2::uuid[]))
    AND CASE WHEN attempt.status = 'FINISHED' THEN counted.version IS DISTINCT FROM attempt.version
      ELSE counted.attempt_id IS NOT NULL END`;

const QUIZZES = `SELECT DISTINCT attempt.quiz_id AS id ${CHANGED}`;

/** One writer at a time for each quiz, after the sessions and in the order of ids: so that nobody waits in a circle. */
export const LOCK_QUIZZES = `SELECT id FROM quiz WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

export const INSERT_ROLLUP = `INSERT INTO quiz_rollup (quiz_id, question_ids)
  SELECT quiz.id, ARRAY(
    SELECT (question->>'id')::uuid FROM jsonb_array_elements(quiz_version.questions) AS question ORDER BY 1
  ) FROM quiz JOIN quiz_version ON quiz_version.id = quiz.version_id WHERE quiz.id = ANY ($1::uuid[])`;

export const FORGET_ROLLUPS = `DELETE FROM quiz_rollup WHERE quiz_id = ANY ($1::uuid[])`;

/** A quiz that nobody had finished before is counted from the start; the others once somebody asks. */
const BEGIN_ROLLUPS = `${INSERT_ROLLUP} AND NOT EXISTS (
    SELECT FROM attempt AS other WHERE other.quiz_id = quiz.id AND other.status = 'FINISHED' AND other.id NOT IN (
      SELECT attempt.id FROM attempt WHERE attempt.id = ANY ($2::uuid[]) OR attempt.session_id = ANY ($3::uuid[]))
  ) ON CONFLICT DO NOTHING`;

/** With a learner's changed attempt, others of theirs at the quiz may begin or cease to be the first. */
const AFFECTED = `WITH changed AS (SELECT attempt.id, attempt.quiz_id, attempt.user_id ${CHANGED})
  SELECT id, counted.attempt_id IS NOT NULL AS counted FROM (
    SELECT id, quiz_id FROM changed
    UNION SELECT other.attempt_id, other.quiz_id FROM counted_attempt AS other
    JOIN changed ON changed.quiz_id = other.quiz_id AND changed.user_id = other.user_id
  ) AS affected
  JOIN quiz_rollup USING (quiz_id) LEFT JOIN counted_attempt AS counted ON counted.attempt_id = affected.id`;

/** Keeps what is counted of the finished attempts that `which` names, of `attempt`. */
export const count = (which: string) => `INSERT INTO counted_attempt
  (attempt_id, quiz_id, user_id, repeat, version, asked, numbers, score, total)
  SELECT attempt.id, attempt.quiz_id, attempt.user_id, attempt.user_id IS NOT NULL AND EXISTS (
      SELECT FROM attempt AS other WHERE other.user_id = attempt.user_id AND other.quiz_id = attempt.quiz_id
        AND other.status = 'FINISHED' AND (other.joined_at, other.id) < (attempt.joined_at, attempt.id)
    ), attempt.version, ${ASKED}, COALESCE(given.numbers, '{}'), attempt.score, COALESCE(given.total, 0)
  FROM attempt JOIN session ON session.id = attempt.session_id JOIN quiz_rollup ON quiz_rollup.quiz_id = attempt.quiz_id
  LEFT JOIN LATERAL (
    SELECT array_agg(answer.number) AS numbers,
      sum(${SHARE}) FILTER (WHERE answer.question_id = ANY (quiz_rollup.question_ids)) AS total
    FROM answer WHERE answer.attempt_id = attempt.id
  ) AS given ON true
  WHERE attempt.status = 'FINISHED' AND ${which}`;

/** Adds what is counted of attempts to the rollups (sign $1: 1), or takes it out (−1). `which`: of `counted_attempt`. */
export function apply(which: string): string {
  const writes = ROLLUP_TABLES.map((table) => {
    const { key, sums, select } = AGGREGATES[table];
    const columns = [...key, ...sums].join(", ");
    const added = sums.map((sum) => `${sum} = ${table}.${sum} + EXCLUDED.${sum}`).join(", ");
    return `${table}_written AS (INSERT INTO ${table} (${columns}) SELECT ${columns} FROM (${select}) AS new
      ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${added})`;
  });
  return `WITH chosen AS MATERIALIZED (
      SELECT counted_attempt.*, quiz_rollup.question_ids, session.quiz_version_id, $1::int AS sign
      FROM counted_attempt JOIN quiz_rollup USING (quiz_id) JOIN attempt ON attempt.id = counted_attempt.attempt_id
      JOIN session ON session.id = attempt.session_id WHERE ${which}
    ), given AS MATERIALIZED (
      SELECT ${GIVEN_COLUMNS} FROM chosen JOIN answer ON answer.attempt_id = chosen.attempt_id
        AND answer.number = ANY (chosen.numbers) AND answer.question_id = ANY (chosen.question_ids)
    ), ${writes.join(", ")} SELECT`;
}

const COUNT_GIVEN = count("attempt.id = ANY ($1::uuid[])");
const APPLY_GIVEN = apply("counted_attempt.attempt_id = ANY ($2::uuid[])");
const FORGET_GIVEN = `DELETE FROM counted_attempt WHERE attempt_id = ANY ($1::uuid[])`;
/** What has come to nothing is as if it had never been. */
const SWEEPS = ROLLUP_TABLES.map((table) => {
  const nothing = AGGREGATES[table].sums.map((sum) => `${sum} = 0`).join(" AND ");
  return `DELETE FROM ${table} WHERE quiz_id = ANY ($1::uuid[]) AND ${nothing}`;
});

/**
 * Brings the statistics of quizzes up to what the caller's transaction has written, in that transaction. Each answer of a
 * finished attempt counts exactly once, however often it is written; who was removed does not count (any more). Answers are
 * worth more than their statistics: where those cannot be counted for their data, `onDropped` is told, and they are counted
 * anew when somebody asks.
 */
export async function updateRollups(
  client: ClientBase,
  touched: Touched,
  onDropped: (error: unknown) => void,
): Promise<void> {
  if (touched.attemptIds.length === 0 && touched.sessionIds.length === 0) return;
  const run = sqlOf(client);
  const changed = [touched.attemptIds, touched.sessionIds];
  const quizzes = (await run<{ id: string }>(QUIZZES, changed)).map(({ id }) => id);
  if (quizzes.length === 0) return;
  await run(LOCK_QUIZZES, [quizzes]);
  await run("SAVEPOINT rollups");
  try {
    await run(BEGIN_ROLLUPS, [quizzes, ...changed]);
    const affected = await run<{ id: string; counted: boolean }>(AFFECTED, changed);
    await recount(run, quizzes, affected);
    await run("RELEASE SAVEPOINT rollups");
  } catch (error) {
    if (!dataError(error)) throw error;
    await run("ROLLBACK TO SAVEPOINT rollups");
    await run(FORGET_ROLLUPS, [quizzes]);
    onDropped(error);
  }
}

async function recount(
  run: RunSql,
  quizzes: readonly string[],
  affected: readonly { readonly id: string; readonly counted: boolean }[],
): Promise<void> {
  if (affected.length === 0) return;
  const ids = affected.map(({ id }) => id);
  const before = affected.filter(({ counted }) => counted).map(({ id }) => id);
  if (before.length > 0) {
    await run(APPLY_GIVEN, [-1, before]);
    await run(FORGET_GIVEN, [before]);
  }
  await run(COUNT_GIVEN, [ids]);
  await run(APPLY_GIVEN, [1, ids]);
  if (before.length > 0) for (const sweep of SWEEPS) await run(sweep, [quizzes]);
}
