import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import { opaqueId } from "../../../core/ids.ts";
import { setupFor } from "../contract/game.ts";
import { keepBeating } from "./beating.ts";
import { connectRedis, type RedisConnection } from "./connectRedis.ts";
import { createRedisStore } from "./redisStore.ts";

let redis: RedisProcess;
const connections: RedisConnection[] = [];
const beats: (() => Promise<void>)[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const stop of beats.splice(0)) await stop();
  for (const connection of connections.splice(0)) connection.close();
});
afterAll(() => redis?.remove());

async function openStore() {
  const connection = await connectRedis(redis.url, () => {});
  connections.push(connection);
  const store = createRedisStore({ connection });
  beats.push(keepBeating(store, () => {}));
  return store;
}

const LIMIT_MS = 1000;

/** A session of short questions that has started, with two players. */
async function started(code: string) {
  const store = await openStore();
  const questions = [1, 2].map(() => ({ id: opaqueId<"Question">(), timeLimitMs: LIMIT_MS, points: 1000 }));
  const setup = setupFor({ code, questions });
  await store.create(setup);
  const [ana, bo] = [opaqueId<"Attempt">(), opaqueId<"Attempt">()];
  for (const id of [ana, bo]) {
    await store.join(setup.id, { id, userId: null, nickname: id, nicknameKey: id, alternatives: [] });
  }
  await store.command(setup.id, { kind: "start" });
  const submit = (attemptId: typeof ana) =>
    store.submit(setup.id, {
      ...{ attemptId, questionId: questions[0]?.id ?? opaqueId<"Question">(), fingerprint: "x" },
      ...{
        given: { choiceIds: [], text: "x" },
        tallyKeys: ["text:x"],
        correct: true,
        share: { num: 1, den: 1 },
      },
    });
  return { store, setup, ana, bo, submit };
}

describe("Redis' clock", () => {
  it.each([
    ["30 s ahead", 30_000],
    ["30 s behind", -30_000],
  ])("I6: judges alone, with a server whose own clock is %s", async (_, skewMs) => {
    const truth = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: truth + skewMs });
    const { store, setup, ana, bo, submit } = await started(String(500_000 + skewMs));
    await sleep(200);
    const early = await submit(ana);
    if (early.kind !== "recorded") throw new Error(early.kind);
    expect(early.answer.elapsedMs).toBeGreaterThanOrEqual(199);
    expect(early.answer.elapsedMs).toBeLessThan(LIMIT_MS);
    expect(Math.abs(early.answer.answeredAt - truth)).toBeLessThan(20_000);
    await sleep(LIMIT_MS + 500);
    expect(await submit(bo)).toEqual({ kind: "not-open" });
    expect(await store.closeDue()).toBeGreaterThan(truth);
    expect((await store.read({ id: setup.id }))?.phase).toMatchObject({ state: "QUESTION_CLOSED" });
  });

  it("closes a question once, whichever of many servers asks", async () => {
    const { store, setup } = await started("600001");
    const others = await Promise.all(Array.from({ length: 5 }, openStore));
    await sleep(LIMIT_MS + 510);
    await Promise.all([store, ...others].map((one) => one.closeDue()));
    await expect.poll(async () => (await store.read({ id: setup.id }))?.phase.state).toBe("QUESTION_CLOSED");
    expect((await store.read({ id: setup.id }))?.version).toBe(5);
  });
});
