import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisProcess, startRedis } from "../fixtures/redis.ts";
import { type JournalTap, tapJournal } from "./journalTap.ts";

const KEY = "{s0}:journal";

let redis: RedisProcess;
let tap: JournalTap;

beforeAll(async () => {
  redis = await startRedis();
  tap = tapJournal(redis.url);
});
afterAll(async () => {
  await tap?.stop();
  await redis?.remove();
});

/** Appends entries of a session, in their order, from this version on. */
async function append(sessionId: string, from: number, ...changes: readonly object[]): Promise<void> {
  const client = new Redis(redis.url);
  for (const [index, change] of changes.entries()) {
    const version = from + index;
    await client.xadd(
      KEY,
      "*",
      "entry",
      JSON.stringify({ sessionId, version, at: 1000 * version, ...change }),
    );
  }
  client.disconnect();
}

const opened = { kind: "opened", setup: {} };
const phase = (state: string, number: number, closesAt: number) => ({
  kind: "phase",
  phase: { state, question: { number, opensAt: 0, closesAt } },
});
const answered = (sessionId: string, questionId: string) => ({
  kind: "answer",
  attempt: { id: "ana", sessionId, facing: null },
  answer: { attemptId: "ana", questionId },
});

test("knows the latest deadline of a question, when it was closed, and every answer, also over a kill of Redis", async () => {
  await append("one", 1, opened, phase("QUESTION_OPEN", 1, 20_000), answered("one", "q1"));
  await expect.poll(() => tap.answers.length).toBe(1);
  await redis.kill();
  await redis.start();
  await append("one", 4, phase("QUESTION_OPEN", 1, 35_000), phase("QUESTION_CLOSED", 1, 5000));
  await append("one", 6, phase("QUESTION_OPEN", 2, 60_000), answered("one", "q2"));
  await expect.poll(() => tap.answers.length).toBe(2);
  expect(tap.closings).toEqual([
    { sessionId: "one", attemptId: null, number: 1, closesAt: 35_000, endedAt: 5000 },
    { sessionId: "one", attemptId: null, number: 2, closesAt: 60_000, endedAt: null },
  ]);
  expect(tap.incomplete.size).toBe(0);
});

test("says of which session an entry went unseen, and passes over what is no entry", async () => {
  await append("two", 1, opened, answered("two", "q1"));
  const client = new Redis(redis.url);
  await client.xadd(KEY, "*", "entry", "this is not JSON");
  await client.xadd(KEY, "*", "something", "else");
  client.disconnect();
  await append("two", 4, answered("two", "q2"));
  await expect.poll(() => tap.answers.length).toBe(4);
  expect([...tap.incomplete]).toEqual(["two"]);
});
