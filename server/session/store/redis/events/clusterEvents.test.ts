import { setTimeout as sleep } from "node:timers/promises";
import { Cluster } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startRedisCluster } from "../../../../../tests/fixtures/redis.ts";
import { channelOf, SHARDS } from "../keys.ts";
import { type EventServer, follow, join, openSession, startEventServer } from "./eventsHarness.ts";
import { slotOf } from "./slots.ts";

let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
let here: EventServer;
let there: EventServer;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", note);
  cluster = await startRedisCluster();
});
beforeEach(async () => {
  [here, there] = [await startEventServer(cluster.url), await startEventServer(cluster.url)];
});
afterEach(() => {
  here.stop();
  there.stop();
  expect(unhandled).toEqual([]);
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await cluster?.remove();
});

function masters() {
  const { client } = there.connection;
  if (!(client instanceof Cluster)) throw new Error("This is no cluster");
  return client.nodes("master");
}

async function onAllNodes(...[command, ...args]: [string, ...string[]]): Promise<unknown[]> {
  return Promise.all(masters().map((node) => node.call(command, ...args)));
}

async function subscriptions(channel: string): Promise<number> {
  const counts = (await onAllNodes("PUBSUB", "SHARDNUMSUB", channel)) as [string, number][];
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

test("the slot of a key is the one that Redis says", async () => {
  const [node] = masters();
  for (const key of ["123456789", "{s7}:abc:events", "a{}b", "{a", "x{ü}y", "}{z}"]) {
    expect(slotOf(key), key).toBe(await node?.call("CLUSTER", "KEYSLOT", key));
  }
});

test("sessions of all nodes are heard on another server, each through one sharded subscription", async () => {
  const sessions = await Promise.all(Array.from({ length: 12 }, () => openSession(there.store)));
  const heard = new Map<string, number>();
  const stops = sessions.flatMap(({ id }) =>
    [1, 2].map(() => here.events.subscribe(id, ({ version }) => heard.set(id, version))),
  );
  await expect.poll(() => heard.size).toBe(sessions.length);
  for (const { id } of sessions) expect(await subscriptions(channelOf(id, SHARDS))).toBe(1);
  for (const session of sessions) await join(there.store, session);
  await expect.poll(() => [...heard.values()], { timeout: 400 }).toEqual(sessions.map(() => 2));
  for (const stop of stops) stop();
  for (const { id } of sessions) await expect.poll(() => subscriptions(channelOf(id, SHARDS))).toBe(0);
});

test("I5: with the subscriptions of all nodes cut again and again, viewers end at the newest versions", async () => {
  const sessions = await Promise.all(Array.from({ length: 6 }, () => openSession(there.store)));
  const viewers = sessions.map(({ id }) => follow(here.feed, id, ["standings"]));
  const newest = sessions.map(() => 1);
  let playing = true;
  const players = sessions.map(async (session, index) => {
    while (playing) {
      const joined = await join(there.store, session);
      if (joined.kind === "joined") newest[index] = joined.session.version;
      await sleep(10);
    }
  });
  let killed = 0;
  for (let round = 0; round < 8; round++) {
    await sleep(200);
    const counts = await onAllNodes("CLIENT", "KILL", "TYPE", "PUBSUB");
    killed += counts.reduce<number>((sum, count) => sum + Number(count), 0);
  }
  playing = false;
  await Promise.all(players);
  await onAllNodes("CLIENT", "KILL", "TYPE", "PUBSUB");
  await expect.poll(() => viewers.map((viewer) => viewer.last()), { timeout: 4000 }).toEqual(newest);
  expect(killed).toBeGreaterThan(8);
  for (const { versions } of viewers) expect(versions).toEqual([...versions].sort((a, b) => a - b));
  for (const viewer of viewers) await viewer.stop();
});

test("nodes that all stand still for ten seconds are found, and viewers go on after it", {
  timeout: 60_000,
}, async () => {
  const sessions = await Promise.all(Array.from({ length: 6 }, () => openSession(there.store)));
  const viewers = sessions.map(({ id }) => follow(here.feed, id, ["standings"]));
  await expect.poll(() => viewers.every(({ versions }) => versions.length > 0)).toBe(true);
  const pids = (await onAllNodes("INFO", "server")).map((text) =>
    Number(/process_id:(\d+)/.exec(String(text))?.[1]),
  );
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  try {
    await sleep(10_000);
    expect(here.connectionErrors.some(({ message }) => message.includes("no sign"))).toBe(true);
    expect(await here.connection.isUp(100)).toBe(false);
  } finally {
    for (const pid of pids) process.kill(pid, "SIGCONT");
  }
  for (const [index, session] of sessions.entries()) {
    await expect
      .poll(() => join(there.store, session).then(({ kind }) => kind, String), { timeout: 15_000 })
      .toBe("joined");
    const newest = await there.store.read({ id: session.id });
    await expect.poll(() => viewers[index]?.last(), { timeout: 10_000 }).toBe(newest?.version);
  }
  expect(await here.connection.isUp(1000)).toBe(true);
  for (const viewer of viewers) await viewer.stop();
});

test("a slot that moves to another node takes its subscriptions with it", { timeout: 60_000 }, async () => {
  const session = await openSession(there.store);
  const channel = channelOf(session.id, SHARDS);
  const slot = String(slotOf(channel));
  const heard: number[] = [];
  here.events.subscribe(session.id, ({ version }) => heard.push(version));
  await expect.poll(() => subscriptions(channel)).toBe(1);
  await moveSlot(slot);
  await expect.poll(() => subscriptions(channel), { timeout: 15_000 }).toBe(1);
  await expect.poll(() => heard.length > 0, { timeout: 5000 }).toBe(true);
  const before = heard.length;
  await expect
    .poll(() => join(there.store, session).then(({ kind }) => kind, String), { timeout: 10_000 })
    .toBe("joined");
  await expect.poll(() => heard.length, { timeout: 3000 }).toBeGreaterThan(before);
});

/** Moves a slot and its keys to the next node. */
async function moveSlot(slot: string): Promise<void> {
  const nodes = await Promise.all(
    masters().map(async (node) => ({ node, id: String(await node.call("CLUSTER", "MYID")) })),
  );
  const { client } = there.connection;
  const owner = client instanceof Cluster ? client.slots[Number(slot)]?.[0] : undefined;
  const from = nodes.find(({ node }) => `${node.options.host}:${node.options.port}` === owner);
  const to = nodes.find((other) => other !== from);
  if (!from || !to) throw new Error("The slot has no owner");
  await to.node.call("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id);
  await from.node.call("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id);
  for (;;) {
    const keys = (await from.node.call("CLUSTER", "GETKEYSINSLOT", slot, "100")) as string[];
    if (keys.length === 0) break;
    const { host, port } = to.node.options;
    await from.node.call("MIGRATE", String(host), String(port), "", "0", "5000", "KEYS", ...keys);
  }
  for (const { node } of [to, from, ...nodes]) await node.call("CLUSTER", "SETSLOT", slot, "NODE", to.id);
}
