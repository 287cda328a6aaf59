import { Cluster, type Redis } from "ioredis";
import { START } from "../contract/game.ts";
import type { MakeStore } from "../contract/harness.ts";
import { savedSessions } from "../contract/savedSessions.ts";
import type { JournalEntry } from "../journal.ts";
import type { SessionEvent } from "../sessionEvent.ts";
import { connectRedis } from "./connectRedis.ts";
import { channelOf, dueKeys, journalKeys } from "./keys.ts";
import { createRedisStore } from "./redisStore.ts";
import type { RedisClient } from "./scripts.ts";

/** Few, so that sessions share one, and that moving the clock of each is quick; on all three nodes of a cluster. */
const SHARDS = 4;

/**
 * A clock that tests move, in place of TIME: a key of each shard. It is another text of the scripts, and not an argument
 * of the real ones, so that nothing can move the clock of a store that was made without it.
 */
const TEST_CLOCK = `local function clock()
  return tonumber(redis.call('GET', string.match(KEYS[1], '^{s%d+}') .. ':testClock'))
end`;
const clockKeys = dueKeys(SHARDS).map((key) => key.replace(/due$/, "testClock"));

const MARKER = "marker";
const HOUR_MS = 3_600_000;

/** A store in the Redis at `url()`, which must be for this alone: it is emptied. */
export function redisStoreAt(url: () => string): MakeStore {
  return async () => {
    const connection = await connectRedis(url(), () => {});
    const { client, sharded } = connection;
    await empty(client);
    const listener = await listenTo(client, sharded);
    const kept: JournalEntry[] = [];
    let now = START;
    const setClock = () => Promise.all(clockKeys.map((key) => client.set(key, now)));
    await setClock();

    const entries = async () => [...kept, ...(await journalOf(client))];
    // The clock jumps while somebody watches, so there are no gaps; redisGap.test.ts has them.
    const watched = { gapAfterMs: Number.POSITIVE_INFINITY, askIdleEveryMs: 0 };
    const inner = createRedisStore({ connection, shards: SHARDS, clock: TEST_CLOCK, ...watched });
    await inner.beat();
    return {
      store: {
        create: async (setup) => {
          await listener.listen(channelOf(setup.id, SHARDS));
          return inner.create(setup);
        },
        read: (key) => inner.read(key),
        standings: (id, first) => inner.standings(id, first),
        attempt: (id, attemptId) => inner.attempt(id, attemptId),
        attempts: (id, attemptIds) => inner.attempts(id, attemptIds),
        ranks: (id) => inner.ranks(id),
        sessionOfAttempt: (attemptId) => inner.sessionOfAttempt(attemptId),
        join: (id, attempt) => inner.join(id, attempt),
        submit: (id, submission) => inner.submit(id, submission),
        command: (id, command) => inner.command(id, command),
        closeDue: () => inner.closeDue(),
        restore: (saved, gapMs, options) => inner.restore(saved, gapMs, options),
      },
      now: () => now,
      async advance(ms) {
        now += ms;
        await setClock();
        // In so long a time the journal's worker has stored what there is.
        if (ms < HOUR_MS - 1) return;
        for (const { sessionId, version } of await entries()) await inner.markStored(sessionId, version);
      },
      entries,
      events: () => listener.heard(),
      async reopen(gapMs) {
        kept.push(...(await journalOf(client)));
        await empty(client);
        await setClock();
        for (const saved of savedSessions(kept)) await inner.restore(saved, gapMs);
        await inner.beat();
      },
      async stop() {
        listener.stop();
        connection.close();
      },
    };
  };
}

function nodesOf(client: RedisClient): readonly Redis[] {
  return client instanceof Cluster ? client.nodes("master") : [client];
}

async function empty(client: RedisClient): Promise<void> {
  await Promise.all(nodesOf(client).map((node) => node.flushall()));
}

/** Takes everything away that is in the Redis, or in one part of a cluster. */
export async function emptied(connection: { readonly client: RedisClient } | undefined, part?: number) {
  const nodes = connection ? nodesOf(connection.client) : [];
  await Promise.all(nodes.map((node, index) => (index === (part ?? index) ? node.flushall() : null)));
}

async function journalOf(client: RedisClient): Promise<JournalEntry[]> {
  const streams = await Promise.all(journalKeys(SHARDS).map((key) => client.xrange(key, "-", "+")));
  return streams.flat().map(([, [, entry = ""]]) => JSON.parse(entry) as JournalEntry);
}

/** Hears what is announced, on a connection of its own. */
async function listenTo(client: RedisClient, sharded: boolean) {
  const connection = sharded
    ? (client as Cluster).duplicate([], {
        shardedSubscribers: true,
        lazyConnect: false,
        enableOfflineQueue: true,
      })
    : (client as Redis).duplicate({ enableOfflineQueue: true });
  const subscriber: RedisClient = connection;
  const channels = new Set<string>();
  const events: SessionEvent[] = [];
  const marked = new Map<string, () => void>();
  connection.on("error", () => {});
  subscriber.on(sharded ? "smessage" : "message", (channel: string, text: string) => {
    if (text === MARKER) marked.get(channel)?.();
    else events.push(JSON.parse(text) as SessionEvent);
  });
  return {
    async listen(channel: string) {
      if (channels.has(channel)) return;
      await (sharded ? subscriber.ssubscribe(channel) : subscriber.subscribe(channel));
      channels.add(channel);
    },
    /** A marker comes behind everything that was announced before it. */
    async heard() {
      for (const channel of channels) {
        const behind = new Promise<void>((resolve) => marked.set(channel, resolve));
        await (sharded ? client.spublish(channel, MARKER) : client.publish(channel, MARKER));
        await behind;
      }
      return events;
    },
    stop: () => connection.disconnect(),
  };
}
