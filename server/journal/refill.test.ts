import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestUser } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { questions, quizInput } from "../../tests/fixtures/quizInput.ts";
import { type RedisProcess, startRedis } from "../../tests/fixtures/redis.ts";
import { type AttemptId, opaqueId, type SessionId, type UserId } from "../core/ids.ts";
import { UnavailableError } from "../core/refusals.ts";
import { createQuizzes, type Quizzes } from "../quiz/index.ts";
import { plannedQuestions } from "../session/domain/content.ts";
import type { SessionSetup } from "../session/domain/session.ts";
import { createContentLoader } from "../session/index.ts";
import type { JournalEntry } from "../session/store/journal.ts";
import { connectRedis, type RedisConnection } from "../session/store/redis/connectRedis.ts";
import { journalKeys, shardOf } from "../session/store/redis/keys.ts";
import { createRedisStore, type RedisStore } from "../session/store/redis/redisStore.ts";
import { createRefill } from "./refill.ts";
import { rowsOf } from "./rows.ts";
import { writeRows } from "./statements.ts";

const SHARDS = 4;
const JUMP = 1_000_000;

let database: TestDatabase;
let redis: RedisProcess;
let connections: RedisConnection[];
let quizzes: Quizzes;
let host: UserId;
let stores: RedisStore[];
let damaged: string[];

beforeAll(async () => {
  [database, redis] = await Promise.all([startTestDatabase(), startRedis()]);
  connections = await Promise.all([1, 2].map(() => connectRedis(redis.url, () => {})));
  quizzes = createQuizzes(database.prisma, { now: () => Date.now() });
  host = await createTestUser(database, "Host");
});
afterAll(async () => {
  for (const connection of connections ?? []) connection.close();
  await redis?.remove();
  await database?.close();
});
beforeEach(async () => {
  damaged = [];
  await connections[0]?.client.flushall();
  await database.prisma.session.deleteMany();
  const loadContent = createContentLoader(quizzes.content);
  stores = connections.map((connection) => {
    const store: RedisStore = createRedisStore({
      connection,
      shards: SHARDS,
      refill: (shards, moment) => refill(shards, moment),
    });
    const refill = createRefill({
      ...{ prisma: database.prisma, loadContent, store, shardOf: (id) => shardOf(id, SHARDS) },
      onDamaged: (id) => damaged.push(id),
    });
    return store;
  });
  for (const store of stores) await store.beat();
});

/** What a worker does. */
async function saveAll(): Promise<void> {
  const client = connections[0]?.client;
  const streams = await Promise.all(journalKeys(SHARDS).map((key) => client?.xrange(key, "-", "+") ?? []));
  const entries = streams.flat().map(([, [, entry = "{}"]]) => JSON.parse(entry) as JournalEntry);
  const connection = await database.pool.connect();
  try {
    await connection.query("BEGIN");
    await writeRows(connection, rowsOf(entries));
    await connection.query("COMMIT");
  } finally {
    connection.release();
  }
}

const store = (index = 0): RedisStore =>
  stores[index] ?? (Promise.reject(new Error("There are two stores")) as never);

async function started(code: string) {
  const quiz = await quizzes.create(quizInput({ questions: [questions.single, questions.single] }), host);
  const content = await quizzes.content.forNewSession(quiz.id, host);
  const setup: SessionSetup = {
    ...{
      id: opaqueId<"Session">(),
      code,
      hostId: host,
      quizId: quiz.id,
      quizVersionId: content.quizVersionId,
    },
    ...{ quizTitle: content.title, pacing: "HOST_PACED", scoring: "CLASSIC", closeWhenAllAnswered: false },
    ...{ seed: "seed", createdAt: Date.now(), questions: plannedQuestions(content) },
  };
  await store().create(setup);
  const [ana, bo] = [await join(setup.id, "Ana"), await join(setup.id, "Bo")];
  await store().command(setup.id, { kind: "start" });
  return { setup, ana, bo };
}

async function join(id: SessionId, nickname: string): Promise<AttemptId> {
  const attempt = opaqueId<"Attempt">();
  const key = nickname.toLowerCase();
  await store().join(id, { id: attempt, userId: null, nickname, nicknameKey: key, alternatives: [] });
  return attempt;
}

const submit = (setup: SessionSetup, attemptId: AttemptId, at = store()) =>
  at.submit(setup.id, {
    ...{ attemptId, questionId: setup.questions[0]?.id ?? opaqueId<"Question">(), fingerprint: "x" },
    ...{ given: { choiceIds: [], text: "x" }, tallyKeys: ["x"], correct: true, share: { num: 1, den: 1 } },
  });

describe("Sessions of a live store that has lost everything", () => {
  it("I1, I3, I5: go on from PostgreSQL, again and again, and never at a version that was seen", async () => {
    const { setup, ana, bo } = await started("100001");
    const first = await submit(setup, ana);
    if (first.kind !== "recorded") throw new Error(first.kind);
    await saveAll();
    const before = await store().read({ id: setup.id });
    for (const round of [1, 2]) {
      await connections[0]?.client.flushall();
      const [one, other] = await Promise.all([
        submit(setup, ana, store(0)),
        store(1).read({ code: setup.code }),
      ]);
      expect(one).toMatchObject({ kind: "repeated", answer: first.answer });
      expect(other).toMatchObject({ playerCount: 2, answerCount: 1 });
      expect(other?.version).toBeGreaterThan(round * JUMP);
      expect(other?.version).toBeLessThan(round * JUMP + 100);
      // Nothing was away for long, so next to nothing is given back.
      if (!before || !other || !("question" in before.phase) || !("question" in other.phase))
        throw new Error();
      const moved = other.phase.question.closesAt - before.phase.question.closesAt;
      expect(moved).toBeGreaterThanOrEqual(0);
      expect(moved).toBeLessThan(10_000);
      await saveAll();
    }
    expect(await submit(setup, bo)).toMatchObject({
      kind: "recorded",
      answer: { points: expect.any(Number) },
    });
    await saveAll();
    const row = await database.prisma.session.findUniqueOrThrow({ where: { id: setup.id } });
    expect(row).toMatchObject({ version: (await store().read({ id: setup.id }))?.version });
    expect(await database.prisma.answer.count({ where: { sessionId: setup.id } })).toBe(2);
  });

  it("go on without one whose rows are damaged, which is told of", async () => {
    const [whole, broken] = [await started("100002"), await started("100003")];
    await saveAll();
    await database.prisma.session.update({
      where: { id: broken.setup.id },
      data: { questionOpensAt: null },
    });
    await connections[0]?.client.flushall();
    expect(await store().read({ id: whole.setup.id })).not.toBeNull();
    expect(await store().read({ id: broken.setup.id })).toBeNull();
    expect(damaged).toEqual([broken.setup.id]);
  });

  it("wait for a PostgreSQL that is away, and lose nothing by that", async () => {
    const { setup, ana } = await started("100004");
    await saveAll();
    const { prisma } = database;
    const failing = createRefill({
      prisma: new Proxy(prisma, {
        get(target, name) {
          if (name === "$transaction" || name === "$queryRaw") return () => Promise.reject(new Error("away"));
          return Reflect.get(target, name);
        },
      }),
      ...{
        loadContent: createContentLoader(quizzes.content),
        store: store(1),
        shardOf: (id) => shardOf(id, SHARDS),
      },
      onDamaged: (id) => damaged.push(id),
    });
    const [connection] = connections;
    if (!connection) throw new Error("There is no connection");
    const held = createRedisStore({ connection, shards: SHARDS, refill: failing });
    await connection.client.flushall();
    await expect(submit(setup, ana, held)).rejects.toBeInstanceOf(UnavailableError);
    expect(damaged).toEqual([]);
    expect(await submit(setup, ana, store(1))).toMatchObject({ kind: "recorded" });
  });
});
