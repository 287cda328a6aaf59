import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type RedisProcess, startRedis } from "../../../../../tests/fixtures/redis.ts";
import type { AttemptId } from "../../../../core/ids.ts";
import type { AttemptSnapshot } from "../../../domain/session.ts";
import { Game } from "../../contract/game.ts";
import { type EventServer, join, openSession, startEventServer } from "./eventsHarness.ts";

const PLAYERS = 40;

let redis: RedisProcess;
let here: EventServer;
let there: EventServer;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.remove());
beforeEach(async () => {
  [here, there] = [await startEventServer(redis.url), await startEventServer(redis.url)];
});
afterEach(() => {
  here.stop();
  there.stop();
});

/** Players who follow themselves on one server, and are asked a question; what they do is done on the other one. */
async function playing() {
  const setup = await openSession(there.store);
  const nothing = async () => {};
  const harness = { store: there.store, now: Date.now, advance: nothing, reopen: nothing, stop: nothing };
  const game = new Game({ ...harness, entries: async () => [], events: async () => [] }, setup);
  const reads = { ranks: 0, attempts: 0 };
  const { ranks, attempts } = here.store;
  here.store.ranks = (...args) => {
    reads.ranks += 1;
    return ranks.apply(here.store, args);
  };
  here.store.attempts = (...args) => {
    reads.attempts += 1;
    return attempts.apply(here.store, args);
  };
  const players = await Promise.all(
    Array.from({ length: PLAYERS }, async () => {
      const outcome = await join(there.store, setup);
      if (outcome.kind !== "joined") throw new Error(outcome.kind);
      return follow(game, outcome.attempt.record.id);
    }),
  );
  await expect.poll(() => players.every(({ told }) => told.length > 0)).toBe(true);
  await game.do({ kind: "start" });
  return { game, players, reads };
}

function follow(game: Game, id: AttemptId) {
  const told: AttemptSnapshot[] = [];
  const news = here.feed.followAttempt(game.id, id);
  const over = (async () => {
    for await (const attempt of news) told.push(attempt);
  })();
  return { id, told, stop: async () => void (await Promise.all([news.return(), over])) };
}

type Players = Awaited<ReturnType<typeof playing>>["players"];

async function expectNewest(game: Game, players: Players): Promise<void> {
  const now = await there.store.attempts(
    game.id,
    players.map(({ id }) => id),
  );
  const newest = new Map(now?.attempts.map((attempt) => [attempt.record.id, attempt]));
  const last = () => new Map(players.map(({ id, told }) => [id, told.at(-1)]));
  await expect.poll(last, { timeout: 10_000 }).toEqual(newest);
}

test("I4, I5: each is told their newest score and rank, from few reads for all, and nothing that goes back", async () => {
  const { game, players, reads } = await playing();
  await expectNewest(game, players);
  Object.assign(reads, { ranks: 0, attempts: 0 });
  const began = performance.now();
  for (const [index, { id }] of players.entries()) await game.submit(id, 1, { correct: index % 3 > 0 });
  await expectNewest(game, players);
  const seconds = (performance.now() - began) / 1000;
  expect(reads.ranks).toBeLessThanOrEqual(2 + seconds);
  expect(reads.attempts).toBeLessThanOrEqual(2 + 5 * seconds);
  for (const { told } of players) {
    const versions = told.map(({ record }) => record.version);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  }
  for (const { stop } of players) await stop();
  expect([here.feed.watched, here.feed.watchers]).toEqual([0, 0]);
});

test("I5: what was announced while nobody was subscribed is noticed, and everyone told the newest state", async () => {
  const { game, players } = await playing();
  await expectNewest(game, players);
  // Nothing is delivered, and nobody is told of that; the version alone gives it away.
  await there.connection.client.call("CLIENT", "KILL", "TYPE", "pubsub");
  for (const { id } of players.slice(0, 5)) await game.submit(id, 1);
  await game.do({ kind: "finish" });
  await expectNewest(game, players);
  for (const { told } of players) expect(told.at(-1)?.status).toBe("FINISHED");
  for (const { stop } of players) await stop();
});
