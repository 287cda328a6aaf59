import type { Config } from "./config.ts";
import { programVersion } from "./core/programVersion.ts";
import { StartError } from "./core/startError.ts";
import { createDatabase, isReachable } from "./database/client.ts";
import { migrate } from "./database/migrate.ts";
import { holdTogether, inTurn } from "./database/onlyServer.ts";
import { journalLag } from "./journal/index.ts";
import { writeJournal } from "./live/journal.ts";
import { openRedis, STREAMS } from "./live/redis.ts";
import { startWebhooks } from "./live/webhooks.ts";
import type { Logger } from "./observability/logger.ts";
import { startObservability } from "./observability/observability.ts";
import { createRedisStore } from "./session/store/redis/redisStore.ts";
import { createHealth } from "./transport/health.ts";
import { startStatusServer } from "./transport/statusServer.ts";

export interface RunningWorker {
  /** Of its health and metrics. */
  readonly port: number;
  /** Finishes the batch in hand and gives its shards to others. */
  stop(): Promise<void>;
}

const HEALTH_TIMEOUT_MS = 2_000;

/** Starts a process that writes the journal and serves nobody. Throws a StartError, leaving nothing running behind. */
export async function startWorker(options: {
  readonly config: Config;
  readonly logger: Logger;
  /** See JournalWorkerParts. */
  readonly acknowledgeFirst?: boolean;
}): Promise<RunningWorker> {
  const { config, logger, acknowledgeFirst = false } = options;
  const { shared, database: given } = config;
  if (shared === null || given.kind !== "given")
    throw new StartError("A worker needs REDIS_URL and DATABASE_URL, those of its servers.");

  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    const observability = await startObservability({
      logger,
      version: programVersion(),
      serviceName: "quiz-worker",
      traceEndpoint: config.traceEndpoint,
      traceShare: config.traceShare,
    });
    started.push(observability.stop);
    const { metrics, outages } = observability;
    const database = await createDatabase(given.url, { onIdleError: outages.of("database").fails });
    started.push(database.close);
    started.push(await holdTogether(database.pool));
    await inTurn(database.pool, () => migrate(given.url));
    const connection = await openRedis(shared.redisUrl, observability);
    started.push(async () => connection.close());

    const lag = () => journalLag(connection.client, STREAMS);
    metrics.journal.lag({
      entries: async () => (await lag()).entries,
      seconds: async () => (await lag()).oldestMs / 1000,
    });
    metrics.journal.deadLetters(() => database.prisma.deadLetter.count());
    const health = createHealth({
      database: { check: () => isReachable(database.pool, HEALTH_TIMEOUT_MS), required: true },
      redis: { check: () => connection.isUp(HEALTH_TIMEOUT_MS), required: true },
    });
    metrics.parts.reached(async () => (await health.read()).parts);
    let stopping = false;
    const status = await startStatusServer({
      health,
      metrics: { registry: metrics.registry, token: config.metricsToken },
      isStopping: () => stopping,
      port: config.port,
      host: config.host,
    });
    started.push(status.stop);

    const store = createRedisStore({ connection });
    started.push(
      writeJournal({ connection, store, databaseUrl: given.url, observability, acknowledgeFirst }),
    );
    if (config.publicUrl !== null) {
      const { stop: stopSending } = startWebhooks({
        ...{ prisma: database.prisma, pool: database.pool, secret: given.authSecret, observability },
        ...{ publicUrl: config.publicUrl, version: programVersion() },
        options: { allowPrivate: config.privateWebhooks },
      });
      started.push(stopSending);
    } else logger.info("PUBLIC_URL is not set: messages to webhooks are left to the servers");
    return {
      port: status.port,
      stop() {
        stopping = true;
        return stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
