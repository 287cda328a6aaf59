import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../../../tests/fixtures/database.ts";
import { contentOf, ToldSession, writeEntries, writeQuiz } from "../../../tests/fixtures/writtenHistory.ts";
import { analyse } from "../statistics.ts";
import { forgetRollups, inTransaction, readStoredRollup, sqlOf, updateRollups } from "./index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const dropped: unknown[] = [];
const write = (session: ToldSession, from = 0) =>
  writeEntries(database.pool, session.entries.slice(from), (client, touched) =>
    updateRollups(client, touched, (error) => dropped.push(error)),
  );

const JOINED_AT = 1_900_000_000_000;
const finish = (session: ToldSession, asked: number) =>
  session.tell({ state: "FINISHED", finishedAt: JOINED_AT + 100_000, asked });
const question = oneQuestion();

async function statisticsOf(quizId: string, selection: "FIRST" | "ALL" = "FIRST") {
  const rollup = await readStoredRollup(sqlOf(database.pool), quizId, [question.id], selection === "ALL");
  return rollup && analyse([question], rollup, selection);
}

test("a learner's attempt that ends late takes the first place from one that they joined after it", async () => {
  const { learners, ...of } = await writeQuiz(database.pool, [question], 1);
  const [learner = null] = learners;
  const sessions = [10, 20].map((points, index) => {
    const session = new ToldSession({ ...of, questions: [question] });
    session.join(learner, JOINED_AT + index);
    for (const { id } of [...session.attempts])
      session.answer(id, question, { picked: [0], points, elapsedMs: 1 });
    return session;
  });
  const [early, late] = sessions;
  if (!early || !late) throw new Error("Two sessions were opened");
  await write(early);
  finish(late, 1);
  await write(late);
  expect(await statisticsOf(of.quizId)).toMatchObject({ attemptCount: 1, meanScore: 20 });

  const before = early.entries.length;
  finish(early, 1);
  await write(early, before);
  expect(await statisticsOf(of.quizId)).toMatchObject({ attemptCount: 1, meanScore: 10 });
  expect(await statisticsOf(of.quizId, "ALL")).toMatchObject({ attemptCount: 2, meanScore: 15 });

  // Whoever is removed afterwards leaves the first place again.
  const then = early.entries.length;
  for (const { id } of [...early.attempts]) early.end(id, "REMOVED");
  await write(early, then);
  expect(await statisticsOf(of.quizId)).toMatchObject({ attemptCount: 1, meanScore: 20 });
});

test("quantiles of times are those of Python's statistics.quantiles, method inclusive", async () => {
  const of = await writeQuiz(database.pool, [question]);
  const session = new ToldSession({ ...of, questions: [question] });
  const times = [1830, 2210, 950, 7400, 3320, 4100, 2950, 12040, 5005, 610, 1999];
  for (const [index, elapsedMs] of times.entries()) {
    session.join(null, JOINED_AT + index);
    const newest = session.attempts.at(-1);
    if (newest) session.answer(newest.id, question, { picked: [0], points: 1, elapsedMs });
  }
  finish(session, 1);
  await write(session);
  // 1914.5, 2950 and 4552.5; of ten, the ninth is 7400.
  const statistics = await statisticsOf(of.quizId);
  expect(statistics?.questions[0]?.elapsedMs).toEqual({ p25: 1915, median: 2950, p75: 4553, p90: 7400 });
});

test("I2: answers are stored even where their statistics cannot be counted, which are counted anew later", async () => {
  const of = await writeQuiz(database.pool, [question]);
  const session = new ToldSession({ ...of, questions: [question] });
  session.join(null, JOINED_AT);
  for (const { id } of [...session.attempts])
    session.answer(id, question, { picked: [0], points: 1, elapsedMs: 1 });
  finish(session, 1);
  const damaged = JSON.stringify([{ id: "no id" }]);
  await database.pool.query("UPDATE quiz_version SET questions = $2::jsonb WHERE id = $1", [
    of.quizVersionId,
    damaged,
  ]);
  dropped.length = 0;
  await write(session);
  expect(dropped).toHaveLength(1);
  expect(await statisticsOf(of.quizId)).toBeNull();
  const { rows } = await database.pool.query("SELECT FROM answer WHERE session_id = $1", [session.setup.id]);
  expect(rows).toHaveLength(1);
});

test("what is forgotten of a quiz is gone from every table", async () => {
  const of = await writeQuiz(database.pool, [question]);
  const session = new ToldSession({ ...of, questions: [question] });
  session.join(null, JOINED_AT);
  finish(session, 1);
  await write(session);
  expect(await statisticsOf(of.quizId)).toMatchObject({ attemptCount: 1 });
  await inTransaction(database.pool, (run) => forgetRollups(run, [of.quizId]));
  expect(await statisticsOf(of.quizId)).toBeNull();
  const left = await database.pool.query("SELECT FROM counted_attempt WHERE quiz_id = $1", [of.quizId]);
  expect(left.rows).toEqual([]);
});

function oneQuestion() {
  const [first] = contentOf([3]);
  if (!first) throw new Error("There is no question");
  return first;
}
