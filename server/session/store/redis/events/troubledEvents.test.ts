import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type RedisProcess, startRedis } from "../../../../../tests/fixtures/redis.ts";
import { startTroubledProxy, type TroubledProxy } from "../../../../../tests/fixtures/troubledProxy.ts";
import { SHARDS, sessionKeys } from "../keys.ts";
import { type EventServer, follow, join, openSession, startEventServer } from "./eventsHarness.ts";

let redis: RedisProcess;
let proxy: TroubledProxy;
const servers: EventServer[] = [];
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", note);
  redis = await startRedis();
  proxy = await startTroubledProxy(redis.port);
});
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
  expect(unhandled).toEqual([]);
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await proxy?.stop();
  await redis?.remove();
});

async function server(url = redis.url): Promise<EventServer> {
  const started = await startEventServer(url);
  servers.push(started);
  return started;
}

const isIncreasing = (versions: readonly number[]) =>
  versions.every((version, index) => index === 0 || version >= (versions[index - 1] ?? 0));

const cut = async ({ connection }: EventServer) =>
  Number(await connection.client.call("CLIENT", "KILL", "TYPE", "PUBSUB"));

test("I5: with its subscriptions cut again and again, a viewer ends at the newest version and never goes back", async () => {
  const [here, there] = [await server(), await server()];
  const session = await openSession(there.store);
  const viewer = follow(here.feed, session.id, ["standings"]);
  let newest = 1;
  let playing = true;
  const players = (async () => {
    while (playing) {
      const joined = await join(there.store, session);
      if (joined.kind === "joined") newest = joined.session.version;
      await sleep(2);
    }
  })();
  let killed = 0;
  for (let round = 0; round < 10; round++) {
    await sleep(200);
    killed += await cut(there);
  }
  playing = false;
  await players;
  await expect.poll(() => viewer.last(), { timeout: 4000 }).toBe(newest);
  await sleep(300);
  // Carried out one after the other, so that this change is announced to nobody, and nothing more happens after it.
  const [, last] = await Promise.all([cut(there), join(there.store, session)]);
  if (last.kind === "joined") newest = last.session.version;
  await expect.poll(() => viewer.last(), { timeout: 4000 }).toBe(newest);
  expect(killed).toBeGreaterThanOrEqual(8);
  expect(newest).toBeGreaterThan(100);
  expect(isIncreasing(viewer.versions)).toBe(true);
  await viewer.stop();
});

test("a change whose announcement was lost is told within about two seconds, and to those who watch anything of it", async () => {
  const [here, there] = [await server(), await server()];
  const session = await openSession(there.store);
  const viewers = (["state", "standings", "attempt"] as const).map((kind) =>
    follow(here.feed, session.id, [kind]),
  );
  await sleep(600);
  // As a script would, without the announcement.
  await there.connection.client.hset(sessionKeys(session.id, SHARDS).session, "version", 7);
  for (const viewer of viewers) await expect.poll(() => viewer.last(), { timeout: 3000 }).toBe(7);
  for (const viewer of viewers) await viewer.stop();
});

test("a Redis that is away for eleven seconds ends nothing, and viewers go on when it is back", {
  timeout: 60_000,
}, async () => {
  const [here, there] = [await server(), await server()];
  const session = await openSession(there.store);
  const viewer = follow(here.feed, session.id, ["standings"]);
  await join(there.store, session);
  await expect.poll(() => viewer.last()).toBe(2);
  await redis.kill();
  // Those who come and go meanwhile do no harm.
  const away = performance.now();
  while (performance.now() - away < 11_000) {
    const stop = here.events.subscribe(session.id, () => {});
    await expect(here.store.read({ id: session.id })).rejects.toThrow();
    expect(await here.connection.isUp(100)).toBe(false);
    stop();
    await sleep(250);
  }
  await redis.start();
  await expect
    .poll(() => join(there.store, session).catch(() => null), { timeout: 5000 })
    .toMatchObject({ kind: "joined" });
  const newest = (await there.store.read({ id: session.id }))?.version;
  await expect.poll(() => viewer.last(), { timeout: 4000 }).toBe(newest);
  expect(await here.connection.isUp(1000)).toBe(true);
  expect(isIncreasing(viewer.versions)).toBe(true);
  // One for each connection, not one for each of the many tries.
  expect(here.connectionErrors.length).toBeLessThanOrEqual(3);
  await viewer.stop();
});

test("a link that is silent without being closed is found dead and made anew", {
  timeout: 60_000,
}, async () => {
  const there = await server();
  const here = await server(`redis://127.0.0.1:${proxy.port}`);
  const blocking = here.connection.duplicate();
  const session = await openSession(there.store);
  const viewer = follow(here.feed, session.id, ["standings"]);
  await expect.poll(() => blocking.status).toBe("ready");
  // A read that blocks for long is no sign of death.
  expect(await blocking.call("XREAD", "BLOCK", "4500", "STREAMS", "{none}:stream", "$")).toBeNull();
  expect(here.connectionErrors).toEqual([]);

  const closed = new Set<unknown>();
  for (const link of [here.connection.client, ...here.connection.subscriber.connections(), blocking])
    link.on("close", () => closed.add(link));
  const waiting = blocking.call("XREAD", "BLOCK", "1000", "STREAMS", "{none}:stream", "$").then(
    () => "answered",
    () => "failed",
  );
  proxy.hang();
  const newest = (await join(there.store, session)) as { session: { version: number } };
  await expect.poll(() => closed.size, { timeout: 14_000 }).toBe(3);
  proxy.heal();
  await expect.poll(() => viewer.last(), { timeout: 6000 }).toBe(newest.session.version);
  await expect.poll(() => here.connection.isUp(500), { timeout: 4000 }).toBe(true);
  expect(["answered", "failed"]).toContain(await waiting);
  await expect.poll(() => blocking.ping().catch(() => null), { timeout: 4000 }).toBe("PONG");
  await viewer.stop();
});
