import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestAccounts } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { systemClock } from "../core/clock.ts";
import { projectRoot } from "../core/projectRoot.ts";
import { createQuizzes, DEMO_HOST, seedDemo } from "./index.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

test("the demo host and quizzes are put in once, and follow the rules of quizzes", async () => {
  const accounts = createTestAccounts(database);
  const quizzes = createQuizzes(database.prisma, systemClock);
  const seed = () =>
    seedDemo({
      prisma: database.prisma,
      folder: join(projectRoot, "prisma", "demo"),
      signUp: (host) => accounts.signUp(host, new Headers()),
      create: quizzes.create,
    });

  const count = await seed();
  expect(count).toBeGreaterThanOrEqual(5);
  expect(await seed()).toBe(0);

  const { user } = await accounts.signIn(DEMO_HOST, new Headers());
  const list = await quizzes.list({}, null);
  expect(list.edges).toHaveLength(count);
  for (const { node } of list.edges) {
    expect(node).toMatchObject({ ownerId: user.id, visibility: "PUBLIC" });
    expect(node.questionCount).toBeGreaterThanOrEqual(12);
  }

  // One that the host deleted does not come back; one that an interrupted start left out does.
  const [deleted, lost] = list.edges.map(({ node }) => node.id);
  if (!deleted || !lost) throw new Error("no quiz");
  await quizzes.remove(deleted, user.id);
  await database.prisma.quiz.delete({ where: { id: lost } });
  expect(await seed()).toBe(1);
  expect(await quizzes.quiz(deleted, user.id)).toBeNull();
  expect(await quizzes.quiz(lost, null)).not.toBeNull();
});
