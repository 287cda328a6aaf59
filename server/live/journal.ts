import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { createPool } from "../database/client.ts";
import { createJournalWorker } from "../journal/index.ts";
import type { Observability } from "../observability/observability.ts";
import type { RedisConnection } from "../session/store/redis/connectRedis.ts";
import type { RedisStore } from "../session/store/redis/redisStore.ts";
import { createCompanions } from "./companions.ts";
import { STREAMS } from "./redis.ts";

export interface JournalWritingParts {
  readonly connection: RedisConnection;
  readonly store: Pick<RedisStore, "markStored">;
  readonly databaseUrl: string;
  readonly observability: Observability;
  /** See JournalWorkerParts. */
  readonly acknowledgeFirst?: boolean;
}

/**
 * Takes part in writing the journal to PostgreSQL, over a connection of its own, so that no reader makes answers wait.
 * Gives the function that ends it.
 */
export function writeJournal(parts: JournalWritingParts): () => Promise<void> {
  const { connection, store, databaseUrl, observability, acknowledgeFirst = false } = parts;
  const { logger, metrics, outages, tracer } = observability;
  const pool = createPool(databaseUrl, {
    maxConnections: 2,
    onIdleError: (error) => outages.of("database").fails(error),
  });
  const worker = createJournalWorker({
    redis: connection,
    streams: STREAMS,
    pool,
    markStored: (id, version) => store.markStored(id, version),
    logger,
    outages,
    workerId: `${hostname()}:${process.pid}:${randomUUID()}`,
    observer: metrics.journal,
    alsoWrite: createCompanions(logger),
    tracer,
    acknowledgeFirst,
  });
  return async () => {
    await worker.stop();
    await pool.end();
  };
}
