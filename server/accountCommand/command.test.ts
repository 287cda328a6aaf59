import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestAccounts } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { contentOf, ToldSession, writeEntries, writeQuiz } from "../../tests/fixtures/writtenHistory.ts";
import { runAccount } from "./command.ts";

const PERSON = { email: "lena@example.org", name: "Lena", password: "correct horse" };

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "quiz-account-"));
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function account(...argv: string[]): Promise<readonly [number, string]> {
  const told: string[] = [];
  const print = (text: string) => told.push(text);
  return [await runAccount({ argv, database: { url: database.url }, print }), told.join("\n")];
}

test("npm run account exports a person, tells what erasing would do, and erases them", async () => {
  const { user } = await createTestAccounts(database).signUp(PERSON, new Headers());
  const questions = contentOf([2]);
  const of = await writeQuiz(database.pool, questions);
  const session = new ToldSession({ ...of, questions, code: "654321" });
  session.join(user.id, 1_900_000_000_000);
  await writeEntries(database.pool, session.entries, async () => {});

  expect(await account("erase", PERSON.email, "--yes")).toEqual([1, expect.stringContaining("654321")]);
  session.tell({ state: "FINISHED", finishedAt: 1_900_000_100_000, asked: 1 });
  await writeEntries(database.pool, session.entries, async () => {});

  const [exported, json] = await account("export", " Lena@Example.org");
  expect(exported).toBe(0);
  expect(JSON.parse(json)).toMatchObject({ account: { name: "Lena" }, attempts: [{ quizTitle: "Words" }] });
  const file = join(folder, "lena.json");
  expect(await account("export", PERSON.email, "--to", file)).toEqual([0, expect.stringContaining(file)]);
  expect(JSON.parse(readFileSync(file, "utf8")).account.email).toBe(PERSON.email);
  expect(statSync(file).mode & 0o077).toBe(0);

  const [unconfirmed, plan] = await account("erase", PERSON.email);
  expect(unconfirmed).toBe(2);
  expect(plan).toMatch(
    /^Nothing was erased.*\n1 attempt would stay as nobody's; 0 sessions hosted would stay/,
  );
  expect(await database.prisma.user.count({ where: { email: PERSON.email } })).toBe(1);
  const [erased, report] = await account("erase", PERSON.email, "--yes");
  expect([erased, report]).toEqual([0, expect.stringContaining("1 attempt made nobody's")]);
  expect(await database.prisma.user.count({ where: { email: PERSON.email } })).toBe(0);
  expect(await account("export", PERSON.email)).toEqual([1, expect.stringContaining("There is no account")]);
});

test.each([
  [],
  ["erase"],
  ["export", "a@b.c", "--yes"],
  ["erase", "a@b.c", "--sessions", "sell"],
  ["sell", "a@b.c"],
])("%j is not clear, and nothing is done", async (...argv) => {
  expect(await account(...argv)).toEqual([2, expect.stringContaining("npm run account -- erase <email>")]);
});
