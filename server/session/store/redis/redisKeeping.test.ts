import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import { type AttemptId, opaqueId } from "../../../core/ids.ts";
import { UnavailableError } from "../../../core/refusals.ts";
import { Game, setupFor, TIME_LIMIT_MS } from "../contract/game.ts";
import type { StoreHarness } from "../contract/harness.ts";
import { savedSessions } from "../contract/savedSessions.ts";
import { connectRedis, type RedisConnection } from "./connectRedis.ts";
import { attemptKey, codeKey } from "./keys.ts";
import { redisStoreAt } from "./redisHarness.ts";
import { createRedisStore } from "./redisStore.ts";

let redis: RedisProcess;
let harness: StoreHarness;
let other: RedisConnection;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.remove());
beforeEach(async () => {
  harness = await redisStoreAt(() => redis.url)();
  other = await connectRedis(redis.url, () => {});
});
afterEach(async () => {
  other.close();
  await harness.stop();
});

describe("Taking a code", () => {
  it("is possible for one of many who try at once", async () => {
    const tries = Array.from({ length: 10 }, () => harness.store.create(setupFor()));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(1);
  });

  it("heals where a server died after the reservation: the code is free when that has run out", async () => {
    await other.client.set(codeKey("123456"), opaqueId(), "PX", 10_000);
    expect(await harness.store.create(setupFor())).toBe("code-taken");
    expect(await harness.store.read({ code: "123456" })).toBeNull();
    await other.client.pexpire(codeKey("123456"), 1);
    await expect.poll(() => harness.store.create(setupFor())).toBe("created");
  });

  it("heals where a server died before the confirmation: by the repetition of the opening", async () => {
    const game = await Game.open(harness);
    await other.client.del(codeKey(game.setup.code));
    expect(await harness.store.create(game.setup)).toBe("created");
    expect(await harness.store.read({ code: game.setup.code })).toMatchObject({ version: 1 });
    expect(await other.client.pttl(codeKey(game.setup.code))).toBe(-1);
  });

  it("is possible where a session that is gone left it behind", async () => {
    await other.client.set(codeKey("123456"), opaqueId());
    await Game.open(harness);
  });
});

describe("A finished session", () => {
  it("is not dropped before it is stored to its last change, and leaves no key then", async () => {
    const game = await Game.open(harness);
    const ana = await game.join("Ana");
    await game.do({ kind: "start" });
    await game.submit(ana, 1);
    await game.do({ kind: "finish" });
    // Two steps, because after an hour at once the harness's worker has stored everything.
    for (let minutes = 0; minutes < 120; minutes += 30) await harness.advance(1_800_000);
    await harness.store.closeDue();
    expect((await game.session()).phase.state).toBe("FINISHED");
    await harness.advance(3_600_000);
    await harness.store.closeDue();
    expect(await harness.store.read({ id: game.id })).toBeNull();
    const left = (await other.client.keys("*")).filter((key) => !/:(testClock|journal|alive)$/.test(key));
    expect(left).toEqual([attemptKey(ana)]);
    expect(await other.client.pttl(attemptKey(ana))).toBeGreaterThan(0);
  });
});

describe("Restoring at two servers at once", () => {
  it("I5: gives the time of the gap back once", async () => {
    const game = await Game.open(harness);
    await game.join("Ana");
    await game.do({ kind: "start" });
    const [saved] = savedSessions(await harness.entries());
    if (!saved) throw new Error("Nothing was saved");
    await other.client.keys(`*${game.id}*`).then((keys) => other.client.del(...keys));
    await Promise.all([harness.store.restore(saved, 7000), harness.store.restore(saved, 7000)]);
    const session = await game.session();
    expect(session.version).toBe(saved.version + 1);
    const versions = (await harness.entries()).map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4]);
    expect(session.phase).toMatchObject({ question: { closesAt: harness.now() + TIME_LIMIT_MS + 7000 } });
    expect(await other.client.keys("*:staged:*")).toEqual([]);
  });

  it("holds 10,000 players", { timeout: 60_000 }, async () => {
    const game = await Game.open(harness);
    const ana: AttemptId = await game.join("Ana");
    const [saved] = savedSessions(await harness.entries());
    const [record] = saved?.attempts ?? [];
    if (!saved || !record) throw new Error("Nothing was saved");
    const crowd = Array.from({ length: 9999 }, (_, index) => ({
      ...record,
      ...{ id: opaqueId<"Attempt">(), nickname: `Player ${index}`, score: index, reachedVersion: index + 3 },
    }));
    await harness.store.restore({ ...saved, version: 10_002, attempts: [record, ...crowd] }, 0);
    const standings = await harness.store.standings(game.id, 10_000);
    expect(standings?.playerCount).toBe(10_000);
    expect(standings?.entries.slice(0, 2).map(({ rank, score }) => [rank, score])).toEqual([
      [1, 9998],
      [2, 9997],
    ]);
    expect(standings?.entries).toHaveLength(10_000);
    expect((await game.attempt(ana)).rank).toBe(9999);
    expect(await game.tryJoin("One more")).toEqual({ kind: "full", limit: 10_000 });
  });
});

describe("A Redis without memory left", () => {
  it("refuses changes whole, and still tells what there is", async () => {
    const game = await Game.open(harness);
    await other.client.config("SET", "maxmemory", "1");
    try {
      const refused = await game.tryJoin("Ana").catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UnavailableError);
      expect(String((refused as Error).cause)).toMatch(/OOM/);
      expect((await game.session()).version).toBe(1);
    } finally {
      await other.client.config("SET", "maxmemory", "0");
    }
    await game.join("Ana");
  });
});

describe("The store as it is made for production", () => {
  it("has no clock but Redis' own, whatever keys there are", async () => {
    const store = createRedisStore({ connection: other, shards: 4 });
    const setup = setupFor({ code: "999999" });
    await store.create(setup);
    const now = (await store.read({ id: setup.id }))?.now ?? 0;
    expect(Math.abs(now - Date.now())).toBeLessThan(5000);
  });
});
