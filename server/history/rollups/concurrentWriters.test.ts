import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startJournalPostgres } from "../../../tests/fixtures/journalPlay.ts";
import type { PostgresProcess } from "../../../tests/fixtures/postgres.ts";
import { contentOf, ToldSession, writeEntries, writeQuiz } from "../../../tests/fixtures/writtenHistory.ts";
import { computeRollup, readStoredRollup, rebuildRollup, sqlOf, updateRollups } from "./index.ts";

let postgres: PostgresProcess;
let pool: pg.Pool;
beforeAll(async () => {
  postgres = await startJournalPostgres();
  pool = new pg.Pool({ connectionString: postgres.url, max: 8 });
});
afterAll(async () => {
  await pool.end();
  await postgres.remove();
});

const failed = (error: unknown) => {
  throw error;
};

test("I1: many writers and somebody who counts anew, all at once, count every answer once", async () => {
  const questions = contentOf([2, 4]);
  const ids = questions.map(({ id }) => id).sort();
  const quizzes = [await writeQuiz(pool, questions, 3), await writeQuiz(pool, questions, 3)];
  const sessions = Array.from({ length: 24 }, (_, index) => {
    const { learners, ...of } = quizzes[index % 2] ?? { learners: [] };
    const session = new ToldSession({
      ...of,
      questions,
      pacing: index % 3 === 0 ? "HOST_PACED" : "SELF_PACED",
    });
    for (let player = 0; player < 6; player++)
      session.join(learners[player] ?? null, 1_900_000_000_000 + index);
    for (const [player, { id }] of [...session.attempts].entries()) {
      for (const question of questions)
        session.answer(id, question, {
          picked: [player % 2],
          points: player,
          elapsedMs: index * 10 + player,
        });
      if (index % 3 !== 0) session.end(id, player === 5 ? "REMOVED" : "FINISHED");
    }
    session.tell({ state: "FINISHED", finishedAt: 1_900_000_100_000, asked: 2 });
    return session;
  });
  const write = (entries: ToldSession["entries"]) =>
    writeEntries(pool, entries, (client, touched) => updateRollups(client, touched, failed));

  // Batches hold entries of two sessions, of both quizzes, and each is written in two parts by writers that run side by side.
  const pairs = Array.from({ length: 12 }, (_, pair) => sessions.slice(pair * 2, pair * 2 + 2));
  const writers = pairs.map(async (pair, index) => {
    const order = index % 2 === 0 ? pair : [...pair].reverse();
    await write(order.flatMap(({ entries }) => entries.slice(0, 12)));
    await Promise.all([
      write(order.flatMap(({ entries }) => entries.slice(10))),
      ...(index % 4 === 0 ? quizzes.map(({ quizId }) => rebuildRollup(pool, quizId)) : []),
    ]);
  });
  await Promise.all(writers);

  const run = sqlOf(pool);
  for (const { quizId } of quizzes) {
    for (const repeats of [false, true]) {
      const which = { sql: "attempt.quiz_id = $4::uuid", values: [quizId] };
      const stored = await readStoredRollup(run, quizId, ids, repeats);
      expect(stored?.totals).toEqual((await computeRollup(run, which, ids, repeats)).totals);
      expect(stored?.questions).toEqual((await computeRollup(run, which, ids, repeats)).questions);
    }
  }
});
