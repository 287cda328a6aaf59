import type { RunSql } from "../history/index.ts";
import { NOBODY } from "./erased.ts";

/** Of a public quiz, somebody may have opened a session just now, which the journal has yet to write. */
const DELETE_UNUSED = `DELETE FROM quiz WHERE owner_id = $1
  AND (visibility = 'PRIVATE' OR deleted_at < now() - interval '1 day')
  AND NOT EXISTS (SELECT FROM session WHERE session.quiz_id = quiz.id) RETURNING id`;
const KEEP_USED = `UPDATE quiz SET owner_id = $2, visibility = 'PRIVATE', deleted_at = COALESCE(deleted_at, now())
  WHERE owner_id = $1 RETURNING id`;
const INSERT_NOBODY = `INSERT INTO "user" (id, name, email) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`;

/**
 * Lets go of a person's quizzes and sessions, in the caller's transaction: private quizzes that were never played are deleted;
 * the others, and sessions, are history of those who played them, and become nobody's, out of everybody's sight.
 */
export async function handOver(
  run: RunSql,
  userId: string,
): Promise<{ readonly quizzesDeleted: number; readonly quizzesKept: number }> {
  const deleted = await run(DELETE_UNUSED, [userId]);
  await run(INSERT_NOBODY, [NOBODY.id, NOBODY.name, NOBODY.email]);
  const kept = await run(KEEP_USED, [userId, NOBODY.id]);
  await run("UPDATE session SET host_id = $2 WHERE host_id = $1", [userId, NOBODY.id]);
  await run("UPDATE attempt SET host_id = $2 WHERE host_id = $1", [userId, NOBODY.id]);
  return { quizzesDeleted: deleted.length, quizzesKept: kept.length };
}
