import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type RedisProcess, startRedis } from "../../../../../tests/fixtures/redis.ts";
import type { SessionNotice } from "../../../ports.ts";
import { channelOf, SHARDS } from "../keys.ts";
import { type EventServer, join, openSession, startEventServer } from "./eventsHarness.ts";

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

async function subscriptions(channel: string): Promise<number> {
  const [, count] = (await there.connection.client.call("PUBSUB", "NUMSUB", channel)) as [string, number];
  return count;
}

/** A session that is listened to here, long enough that its beginning has been told. */
async function listenedTo(listener: (notice: SessionNotice) => void = () => {}) {
  const session = await openSession(there.store);
  const notices: SessionNotice[] = [];
  const stop = here.events.subscribe(session.id, (notice) => {
    notices.push(notice);
    listener(notice);
  });
  await expect.poll(() => notices).toEqual([{ kind: "missed", sessionId: session.id, version: 1 }]);
  notices.length = 0;
  return { session, notices, stop, channel: channelOf(session.id, SHARDS) };
}

test("what one server changes is heard on another, with its version and kind", async () => {
  const { session, notices, stop } = await listenedTo();
  const joined = await join(there.store, session);
  await there.store.command(session.id, { kind: "start" });
  await expect.poll(() => notices.length).toBe(2);
  const { id: sessionId } = session;
  const attemptId = joined.kind === "joined" ? joined.attempt.record.id : null;
  expect(notices).toEqual([
    { sessionId, version: 2, kind: "standings", attemptId },
    { sessionId, version: 3, kind: "state", attemptId: null },
  ]);
  stop();
});

test("Redis knows one subscription, however many listen to a session here, and none after the last", async () => {
  const { session, stop, channel } = await listenedTo();
  const stops = Array.from({ length: 20 }, () => here.events.subscribe(session.id, () => {}));
  expect(await subscriptions(channel)).toBe(1);
  for (const end of stops) end();
  expect(await subscriptions(channel)).toBe(1);
  stop();
  await expect.poll(() => subscriptions(channel)).toBe(0);
});

test("subscribing, leaving and subscribing again in one breath ends in what was asked last", async () => {
  const { session, stop, channel } = await listenedTo();
  const notices: SessionNotice[] = [];
  let end = () => {};
  for (let round = 0; round < 50; round++) {
    end();
    end = here.events.subscribe(session.id, (notice) => notices.push(notice));
    if (round === 25) stop();
  }
  await expect.poll(() => subscriptions(channel)).toBe(1);
  await join(there.store, session);
  await expect.poll(() => notices.some(({ version }) => version === 2)).toBe(true);
  for (let round = 0; round < 50; round++) {
    end();
    end = here.events.subscribe(session.id, () => {});
  }
  end();
  await expect.poll(() => subscriptions(channel)).toBe(0);
});

test("a listener that throws costs only itself, and is told of", async () => {
  const { session, notices } = await listenedTo(() => {
    throw new Error("of the listener");
  });
  const others: SessionNotice[] = [];
  here.events.subscribe(session.id, (notice) => others.push(notice));
  const elsewhere = await listenedTo();
  await join(there.store, session);
  await join(there.store, elsewhere.session);
  await expect.poll(() => [notices.length, others.length, elsewhere.notices.length]).toEqual([1, 1, 1]);
  expect(here.listenerErrors).toEqual([new Error("of the listener"), new Error("of the listener")]);
});

test.each([
  "",
  "{",
  "null",
  "7",
  '{"sessionId":"another","version":9,"kind":"state","attemptId":null}',
  '{"version":9}',
])("the message %j on a session's channel is nothing, and what comes after it is heard", async (text) => {
  const { session, notices, channel } = await listenedTo();
  await there.connection.client.publish(channel, text);
  await join(there.store, session);
  await expect.poll(() => notices.map(({ version }) => version)).toEqual([2]);
});
