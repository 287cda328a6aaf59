import type { Pool } from "pg";
import type { QuizId } from "../../core/ids.ts";
import { inTransaction, type RunSql, sqlOf } from "./sql.ts";
import { apply, count, FORGET_ROLLUPS, INSERT_ROLLUP, LOCK_QUIZZES } from "./updateRollups.ts";

const COUNT_QUIZ = count("attempt.quiz_id = $1::uuid");
const APPLY_QUIZ = apply("counted_attempt.quiz_id = $2::uuid");

/** Counts everything finished of a quiz anew, for its questions of now. The journal waits meanwhile for this quiz. */
export function rebuildRollup(pool: Pool, quizId: QuizId): Promise<void> {
  return inTransaction(pool, async (run) => {
    await run(LOCK_QUIZZES, [[quizId]]);
    await run(FORGET_ROLLUPS, [[quizId]]);
    await run(INSERT_ROLLUP, [[quizId]]);
    await run(COUNT_QUIZ, [quizId]);
    await run(APPLY_QUIZ, [1, quizId]);
  });
}

/** Counts all quizzes anew that have sessions, one after the other. Resolves to how many. */
export async function rebuildAllRollups(pool: Pool, onDone: (quizId: QuizId) => void): Promise<number> {
  const quizzes = await sqlOf(pool)<{ id: QuizId }>(
    "SELECT DISTINCT quiz_id AS id FROM session ORDER BY quiz_id",
  );
  for (const { id } of quizzes) {
    await rebuildRollup(pool, id);
    onDone(id);
  }
  return quizzes.length;
}

/**
 * Lets go of what is counted of quizzes, in the caller's transaction: for what changes history without the journal, such as
 * the erasing of a learner. It is counted anew when somebody asks.
 */
export async function forgetRollups(run: RunSql, quizIds: readonly string[]): Promise<void> {
  await run(LOCK_QUIZZES, [quizIds]);
  await run(FORGET_ROLLUPS, [quizIds]);
}
