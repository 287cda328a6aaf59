import type { Pool } from "pg";
import { storeEntries } from "../../server/journal/stream/storeEntries.ts";
import type { SessionSetup } from "../../server/session/domain/session.ts";
import type { Games } from "./games.ts";

/** What sessions need to exist: hosts, and quizzes with their versions. */
export async function addQuizzes(pool: Pool, setups: readonly SessionSetup[]): Promise<void> {
  for (const { hostId, quizId, quizVersionId, questions } of setups) {
    const asked = questions.map((question, index) => ({
      ...question,
      number: index + 1,
      kind: "SINGLE_CHOICE",
    }));
    await pool.query(`INSERT INTO "user" (id, name, email, email_verified) VALUES ($1, 'Host', $1, true)`, [
      hostId,
    ]);
    await pool.query(
      `INSERT INTO quiz (id, owner_id, title, question_count, version_id) VALUES ($1, $2, 'Words', $3, $4)`,
      [quizId, hostId, questions.length, quizVersionId],
    );
    await pool.query(
      `INSERT INTO quiz_version (id, quiz_id, title, questions) VALUES ($1, $2, 'Words', $3::jsonb)`,
      [quizVersionId, quizId, JSON.stringify(asked)],
    );
  }
}

/** As it was before the first answer. */
export async function startAnew(pool: Pool, { beginnings }: Games): Promise<void> {
  await pool.query("TRUNCATE session, attempt, answer CASCADE");
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await storeEntries(client, beginnings);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
  await pool.query("VACUUM (ANALYZE) session, attempt, answer");
  await pool.query("CHECKPOINT");
}

/** Throws where there is not exactly what the games came to. */
export async function checkStored(pool: Pool, { answers }: Games): Promise<void> {
  const { rows } = await pool.query<{ answers: number; points: number }>(
    "SELECT count(*)::int AS answers, sum(points)::int AS points FROM answer",
  );
  const points = answers.reduce((sum, { answer }) => sum + answer.points, 0);
  const [found] = rows;
  if (found?.answers !== answers.length || found.points !== points)
    throw new Error(`Stored ${JSON.stringify(found)} of ${answers.length} answers with ${points} points`);
}
