import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestUser } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { quizInput } from "../../tests/fixtures/quizInput.ts";
import { systemClock } from "../core/clock.ts";
import type { UserId } from "../core/ids.ts";
import { UnauthenticatedError, ValidationError } from "../core/refusals.ts";
import { createQuizzes, type Quiz, type Quizzes } from "./index.ts";

let database: TestDatabase;
let quizzes: Quizzes;
let ana: UserId;
let cleo: UserId;

const titles = (page: { edges: readonly { node: Quiz }[] }) => page.edges.map(({ node }) => node.title);

beforeAll(async () => {
  database = await startTestDatabase();
  quizzes = createQuizzes(database.prisma, systemClock);
  ana = await createTestUser(database, "Ana");
  cleo = await createTestUser(database, "Cleo");
  for (let number = 1; number <= 5; number += 1) {
    const visibility = number % 2 ? "PUBLIC" : "PRIVATE";
    const level = number > 3 ? "B2" : "A1";
    const description = number === 5 ? "for 100% of beginners" : null;
    await quizzes.create(quizInput({ title: `Animals ${number}`, visibility, level, description }), cleo);
  }
});
afterAll(() => database.close());

test("the list holds the public ones and one's own, newest first", async () => {
  expect(titles(await quizzes.list({}, cleo))).toEqual([5, 4, 3, 2, 1].map((number) => `Animals ${number}`));
  expect(titles(await quizzes.list({}, ana))).toEqual([5, 3, 1].map((number) => `Animals ${number}`));
  expect(titles(await quizzes.list({}, null))).toEqual([5, 3, 1].map((number) => `Animals ${number}`));
});

test("the list holds only one's own where that is asked for", async () => {
  expect(titles(await quizzes.list({ mine: true }, cleo))).toHaveLength(5);
  expect(titles(await quizzes.list({ mine: true }, ana))).toEqual([]);
  expect(titles(await quizzes.list({ mine: false }, ana))).toHaveLength(3);
  await expect(quizzes.list({ mine: true }, null)).rejects.toThrow(UnauthenticatedError);
});

test("the list can be read page by page, missing and repeating nothing", async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Quizzes["list"]>> = await quizzes.list({ first: 2, after }, cleo);
    expect(page.hasPreviousPage).toBe(after !== null);
    expect(await page.totalCount()).toBe(5);
    seen.push(...titles(page));
    after = page.hasNextPage ? (page.edges.at(-1)?.cursor ?? null) : null;
  } while (after !== null);
  expect(seen).toEqual([5, 4, 3, 2, 1].map((number) => `Animals ${number}`));
});

test("the list goes on rightly among quizzes of the same moment", async () => {
  const createdAt = new Date("2026-01-01T00:00:00.123Z");
  await database.prisma.quiz.updateMany({ where: { ownerId: cleo }, data: { createdAt } });
  const first = await quizzes.list({ first: 2 }, cleo);
  const rest = await quizzes.list({ first: 9, after: first.edges[1]?.cursor }, cleo);
  expect([...titles(first), ...titles(rest)].sort()).toEqual(
    [1, 2, 3, 4, 5].map((number) => `Animals ${number}`),
  );
});

test.each<[string, number[]]>([
  ["animals 3", [3]],
  ["  BEGINNERS animals ", [5]],
  ["100%", [5]],
  ["%", [5]],
  ["_", []],
  ["\\", []],
  ["\u0000", [1, 2, 3, 4, 5]],
  ["plants", []],
])("the list is searched for %j in title and description", async (search, numbers) => {
  const found = titles(await quizzes.list({ search }, cleo)).sort();
  expect(found).toEqual(numbers.map((number) => `Animals ${number}`));
});

test("the list can be of one level", async () => {
  expect(titles(await quizzes.list({ level: "B2" }, cleo))).toHaveLength(2);
  expect(await (await quizzes.list({ level: "B2", search: "beginners" }, cleo)).totalCount()).toBe(1);
});

test.each([
  { first: 0 },
  { first: 201 },
  { first: -1 },
  { after: "nonsense" },
  { after: Buffer.from('["a"]').toString("base64url") },
  { after: Buffer.from('["-271821-04-20T00:00:00.000Z","x"]').toString("base64url") },
  { after: Buffer.from('["never","x"]').toString("base64url") },
  { after: Buffer.from('["2026-01-01T00:00:00.000Z","\'"]').toString("base64url") },
  { search: "x".repeat(201) },
])("the list refuses %j", async (args) => {
  await expect(quizzes.list(args, cleo)).rejects.toThrow(ValidationError);
});
