import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestAccounts } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import type { UserId } from "../core/ids.ts";
import type { Accounts } from "./accounts.ts";
import { isApiKey, type NewApiKey } from "./apiKeys.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let database: TestDatabase;
let keys: Accounts["apiKeys"];
let people = 0;
let now = Date.now();
const clock = { now: () => now };

beforeAll(async () => {
  database = await startTestDatabase();
  keys = createTestAccounts(database, { clock }).apiKeys;
});
afterAll(() => database.close());

async function person(): Promise<UserId> {
  people += 1;
  const id = crypto.randomUUID() as UserId;
  await database.prisma.user.create({ data: { id, name: "Ana", email: `ana${people}@example.org` } });
  return id;
}

async function newKey(input: NewApiKey = { name: "a program" }) {
  const userId = await person();
  return { userId, ...(await keys.create(userId, input)) };
}

describe("a key", () => {
  test("is stored hashed, and stands for the user who made it, with every scope unless told", async () => {
    const { key, apiKey, userId } = await newKey({ name: "  My dashboard with a rather long name " });
    expect(isApiKey(key)).toBe(true);
    const scopes = ["READ_HISTORY", "MANAGE_QUIZZES", "RUN_SESSIONS"];
    expect(await keys.holderOf(key)).toEqual({ userId, keyId: apiKey.id, scopes });
    const row = await database.prisma.apiKey.findFirstOrThrow({ where: { referenceId: userId } });
    expect(JSON.stringify(row)).not.toContain(key);
    expect(apiKey).toMatchObject({ name: "My dashboard with a rather long name", scopes, expiresAt: null });
    expect(apiKey.start).toBe(key.slice(0, 9));
  });

  test("has the scopes that it was given, each once", async () => {
    const { key } = await newKey({ name: "reader", scopes: ["READ_HISTORY", "READ_HISTORY"] });
    expect(await keys.holderOf(key)).toMatchObject({ scopes: ["READ_HISTORY"] });
  });

  test("whose scopes cannot be read has none", async () => {
    const { key, apiKey } = await newKey();
    await database.prisma.apiKey.update({ where: { id: apiKey.id }, data: { permissions: "{oops" } });
    expect(await keys.holderOf(key)).toMatchObject({ scopes: [] });
  });

  test("ends when it was made to, and is listed after that", async () => {
    const { key, userId } = await newKey({ name: "short", expiresAt: new Date(now + MINUTE) });
    expect(await keys.holderOf(key)).not.toBeNull();
    now += MINUTE;
    expect(await keys.holderOf(key)).toBeNull();
    expect(await keys.ofUser(userId)).toMatchObject([{ name: "short" }]);
  });

  test.each([
    [{ name: "wrong", expiresAt: new Date(now + 3651 * DAY) }, "expiresAt"],
    [{ name: "wrong", expiresAt: new Date(now - DAY) }, "expiresAt"],
    [{ name: " " }, "name"],
    [{ name: "x".repeat(81) }, "name"],
    [{ name: "idle", scopes: [] }, "scopes"],
  ] as const)("is refused with %j", async (input, field) => {
    await expect(newKey(input)).rejects.toMatchObject({ issues: [{ path: [field] }] });
  });

  test("that nobody made belongs to nobody", async () => {
    expect(await keys.holderOf("vq_nonsense")).toBeNull();
    expect(await keys.holderOf("vq_")).toBeNull();
  });
});

describe("the use of a key", () => {
  test("is written once a minute, however often and however many at once", async () => {
    const { key, userId } = await newKey();
    const lastUse = async () => (await keys.ofUser(userId))[0]?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    await Promise.all(Array.from({ length: 20 }, () => keys.holderOf(key)));
    const first = now;
    expect(await lastUse()).toEqual(new Date(first));
    now += MINUTE - 1;
    await keys.holderOf(key);
    expect(await lastUse()).toEqual(new Date(first));
    now += 1;
    await keys.holderOf(key);
    expect(await lastUse()).toEqual(new Date(now));
  });
});

describe("revoking", () => {
  test("ends a key at once, here and on other servers, and once more changes nothing", async () => {
    const { key, apiKey, userId } = await newKey();
    const other = createTestAccounts(database, { clock }).apiKeys;
    expect(await other.holderOf(key)).not.toBeNull();
    expect(await keys.revoke(userId, apiKey.id)).toBe(true);
    expect(await keys.holderOf(key)).toBeNull();
    expect(await other.holderOf(key)).toBeNull();
    expect(await keys.revoke(userId, apiKey.id)).toBe(false);
    expect(await keys.ofUser(userId)).toEqual([]);
  });

  test("is for one's own keys only", async () => {
    const { key, apiKey } = await newKey();
    expect(await keys.revoke(await person(), apiKey.id)).toBe(false);
    expect(await keys.holderOf(key)).not.toBeNull();
  });
});

test("a user has 50 keys at most, also where many are made at once", async () => {
  const userId = await person();
  for (let made = 0; made < 49; made += 7) {
    await Promise.all(Array.from({ length: 7 }, () => keys.create(userId, { name: "one of many" })));
  }
  const results = await Promise.allSettled([1, 2, 3].map(() => keys.create(userId, { name: "too many" })));
  expect(results.some(({ status }) => status === "rejected")).toBe(true);
  expect((await keys.ofUser(userId)).length).toBeLessThanOrEqual(50);
  while ((await keys.ofUser(userId)).length < 50) await keys.create(userId, { name: "the last" });
  await expect(keys.create(userId, { name: "one more" })).rejects.toMatchObject({
    issues: [{ path: [], message: expect.stringContaining("50 keys") }],
  });
  const [first] = await keys.ofUser(userId);
  if (first) await keys.revoke(userId, first.id);
  await keys.create(userId, { name: "in its place" });
});
