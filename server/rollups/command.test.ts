import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { contentOf, ToldSession, writeEntries, writeQuiz } from "../../tests/fixtures/writtenHistory.ts";
import { rebuildRollups } from "./command.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

test("npm run rollups:rebuild counts what nobody had counted, and again what was counted wrongly", async () => {
  const questions = contentOf([2]);
  const of = await writeQuiz(database.pool, questions);
  const session = new ToldSession({ ...of, questions });
  session.join(null, 1_900_000_000_000);
  session.tell({ state: "FINISHED", finishedAt: 1_900_000_100_000, asked: 1 });
  await writeEntries(database.pool, session.entries, async () => {});
  const counted = async () =>
    (await database.pool.query("SELECT attempts FROM rollup_total WHERE quiz_id = $1", [of.quizId])).rows;
  expect(await counted()).toEqual([]);

  const told: string[] = [];
  const command = { database: { url: database.url }, print: (text: string) => told.push(text) };
  expect(await rebuildRollups(command)).toBe(1);
  expect(told).toEqual([`quiz ${of.quizId}`]);
  expect(await counted()).toEqual([{ attempts: 1 }]);

  await database.pool.query("UPDATE rollup_total SET attempts = 7");
  await rebuildRollups(command);
  expect(await counted()).toEqual([{ attempts: 1 }]);
});
