import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import type { AttemptId } from "../../../core/ids.ts";
import { UnavailableError } from "../../../core/refusals.ts";
import { Game } from "../contract/game.ts";
import type { StoreHarness } from "../contract/harness.ts";
import { createAdmission, type JournalLag } from "./admission.ts";
import { connectRedis, type RedisConnection } from "./connectRedis.ts";
import { redisStoreAt } from "./redisHarness.ts";

let redis: RedisProcess;
let harness: StoreHarness;
let other: RedisConnection;
const NO_LAG: JournalLag = { entries: 0, oldestMs: 0 };

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.remove());
beforeEach(async () => {
  harness = await redisStoreAt(() => redis.url)();
  other = await connectRedis(redis.url, () => {});
});
afterEach(async () => {
  await other.client.config("SET", "maxmemory", "0");
  other.close();
  await harness.stop();
});

const admit = (lag: JournalLag = NO_LAG) => createAdmission({ client: other.client, lag: () => lag }).admit();

async function usedMemory(): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await other.client.info("memory"))?.[1]);
}

/** A session that is being played, with players who have not answered yet. */
async function playing(count: number) {
  const game = await Game.open(harness);
  const players: AttemptId[] = [];
  for (let index = 0; index < count; index++) players.push(await game.join(`Player ${index}`));
  await game.do({ kind: "start" });
  return { game, players };
}

describe("A new session", () => {
  it("is admitted where there is room, and where no bound is set", async () => {
    await admit();
    await admit({ entries: 100_000, oldestMs: 30_000 });
    await other.client.config("SET", "maxmemory", "1gb");
    await admit();
  });

  it.each([
    ["many entries", { entries: 100_001, oldestMs: 10 }],
    ["an old one", { entries: 1, oldestMs: 30_001 }],
  ])("is refused while the journal waits with %s, and told why", async (_, lag) => {
    const refused = await admit(lag).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UnavailableError);
    expect(String(refused)).toMatch(/still being saved.*Running games go on/);
  });

  it("is refused before Redis' memory is full, while answers are still taken", async () => {
    const { game, players } = await playing(10);
    await other.client.config("SET", "maxmemory", String(Math.round((await usedMemory()) / 0.9)));
    await expect(admit()).rejects.toBeInstanceOf(UnavailableError);
    for (const player of players) expect(await game.submit(player, 1)).toMatchObject({ kind: "recorded" });
  });

  it("is refused by what was found a moment ago, without asking Redis each time", async () => {
    let asked = 0;
    const admission = createAdmission({
      client: other.client,
      lag: async () => {
        asked += 1;
        return NO_LAG;
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => admission.admit()));
    expect(asked).toBe(1);
  });
});

describe("A Redis whose memory is full", () => {
  it("I1, I4: refuses answers as unavailable, and has written none of them by half", async () => {
    const { game, players } = await playing(400);
    const before = await harness.entries();
    const limit = (await usedMemory()) + 150_000;
    await other.client.config("SET", "maxmemory", String(limit));
    const recorded: AttemptId[] = [];
    const refused: AttemptId[] = [];
    for (const player of players) {
      try {
        const outcome = await game.submit(player, 1);
        expect(outcome.kind).toBe("recorded");
        recorded.push(player);
      } catch (error) {
        expect(error).toBeInstanceOf(UnavailableError);
        refused.push(player);
      }
    }
    expect(recorded.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    // Reading goes on.
    expect(await game.session()).toMatchObject({
      answerCount: recorded.length,
      version: before.length + recorded.length,
    });
    for (const player of refused) {
      expect((await game.attempt(player)).record).toMatchObject({ score: 0, answeredCount: 0 });
    }
    await other.client.config("SET", "maxmemory", "0");
    const entries = await harness.entries();
    expect(entries.length).toBe(before.length + recorded.length);
    for (const player of refused) expect(await game.submit(player, 1)).toMatchObject({ kind: "recorded" });
    for (const player of recorded) expect(await game.submit(player, 1)).toMatchObject({ kind: "repeated" });
    expect((await game.standings()).entries.every(({ score }) => score > 0)).toBe(true);
  });

  it("lets hosts bring their games to the end, and sessions be forgotten, which makes room", async () => {
    const { game } = await playing(2);
    await other.client.config("SET", "maxmemory", "1");
    await expect(game.tryJoin("One more")).rejects.toBeInstanceOf(UnavailableError);
    await game.do({ kind: "next", after: null });
    await game.do({ kind: "finish" });
    // The tests' own clock is a write, too.
    await other.client.config("SET", "maxmemory", "0");
    await harness.advance(3_600_000);
    await other.client.config("SET", "maxmemory", "1");
    await harness.store.closeDue();
    expect(await harness.store.read({ id: game.id })).toBeNull();
  });
});
