import type { SharedConfig } from "../config.ts";
import { createHeartbeat, createRefill, journalLag } from "../journal/index.ts";
import { observedBeats } from "../observability/observedBeats.ts";
import { createAdmission } from "../session/store/redis/admission.ts";
import { keepBeating } from "../session/store/redis/beating.ts";
import type { RedisConnection } from "../session/store/redis/connectRedis.ts";
import { countSessions } from "../session/store/redis/countSessions.ts";
import { createRedisEvents } from "../session/store/redis/events/redisEvents.ts";
import { SHARDS, shardOf } from "../session/store/redis/keys.ts";
import type { Refill } from "../session/store/redis/pulse.ts";
import { createRedisStore } from "../session/store/redis/redisStore.ts";
import { reaching } from "../session/store/redis/unavailable.ts";
import { writeJournal } from "./journal.ts";
import type { Live, LiveParts, StartLive } from "./live.ts";
import { STREAMS } from "./redis.ts";

/** Two beats. */
const RECENT_MS = 2000;

/** One of many servers: sessions live in a Redis that all of them share, and a journal there leads to PostgreSQL. */
export function startShared(
  connection: RedisConnection,
  databaseUrl: string,
  { writesJournal }: Pick<SharedConfig, "writesJournal">,
): StartLive {
  return async (parts: LiveParts): Promise<Live> => {
    const { prisma, loadContent, clock, observability } = parts;
    const { logger, metrics, outages, tracer } = observability;
    // The store and what refills it need each other; nothing is empty before the first beat.
    const refill: Refill = (shards, moment) => {
      // A Redis that this server has never known otherwise is a new one.
      if (moment.lastBeatAt !== null) metrics.live.storeAbsent("emptied");
      return refillStore(shards, moment);
    };
    const store = createRedisStore({ connection, refill, trace: tracer.current });
    const refillStore = createRefill({
      prisma,
      store,
      loadContent,
      shardOf: (id) => shardOf(id, SHARDS),
      onDamaged: (sessionId, error) =>
        logger.error({ err: error, sessionId }, "a session cannot go on: what is stored of it is damaged"),
      onRestored: () => metrics.live.sessionsRestored(1),
    });
    const beats = observedBeats(store, metrics.live, outages.of("redis"));
    let lastBeat = Number.NEGATIVE_INFINITY;
    const beat = async () => {
      await beats.beat();
      lastBeat = performance.now();
    };
    await store.beat();
    const stopBeating = keepBeating({ beat }, () => {});
    const redisIsThere = () => performance.now() - lastBeat < RECENT_MS;
    const stopSigns = createHeartbeat(prisma, clock, outages.of("database").fails, redisIsThere);
    const events = createRedisEvents({
      connection,
      onListenerError: (error) => logger.error({ err: error }, "a listener failed"),
    });
    const lag = () => reaching(journalLag(connection.client, STREAMS));
    metrics.journal.lag({
      entries: async () => (await lag()).entries,
      seconds: async () => (await lag()).oldestMs / 1000,
    });
    metrics.live.kept(() => countSessions(connection.client));
    metrics.journal.deadLetters(() => prisma.deadLetter.count());
    const stopWriting = writesJournal
      ? writeJournal({ connection, store, databaseUrl, observability })
      : async () => {};
    return {
      store,
      events,
      admission: createAdmission({ client: connection.client, lag }),
      async stop() {
        events.close();
        await stopBeating();
        await stopWriting();
        await stopSigns();
      },
    };
  };
}
