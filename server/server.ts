import { join } from "node:path";
import { findPort, lanAddress } from "./addresses.ts";
import { type App, createApp, type DrainTimes } from "./app.ts";
import type { Config, DatabaseConfig } from "./config.ts";
import { systemClock } from "./core/clock.ts";
import { programVersion } from "./core/programVersion.ts";
import { projectRoot } from "./core/projectRoot.ts";
import { createDatabase, isReachable } from "./database/client.ts";
import { prepareDataFolder, startEmbeddedDatabase } from "./database/embedded.ts";
import { migrate } from "./database/migrate.ts";
import { holdAlone, holdTogether, inTurn } from "./database/onlyServer.ts";
import { createOperationArchive } from "./database/operationArchive.ts";
import { createContextFactory } from "./graphql/context.ts";
import { schema } from "./graphql/schema.ts";
import { keptSecret } from "./keptSecret.ts";
import { startAlone } from "./live/alone.ts";
import { openRedis } from "./live/redis.ts";
import { startShared } from "./live/shared.ts";
import type { Logger } from "./observability/logger.ts";
import { startObservability } from "./observability/observability.ts";
import { loadPersistedTexts } from "./persistedTexts.ts";
import { createServices } from "./services.ts";
import { createProtection, failureBudgets } from "./transport/limits/index.ts";

export interface RunningServer {
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Whether the demo host's password is the published one. */
  readonly openDemoHost: boolean;
  /** Lets go of clients, in the time that the configuration gives, finishes what was accepted, and closes the database. */
  stop(): Promise<void>;
  /** Cuts short the time that clients are given. */
  hurry(): void;
}

export interface ServerOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** The database has died under the running server, which can do nothing more. */
  readonly onCrash: (error: Error) => void;
}

const HEALTH_TIMEOUT_MS = 2_000;

/** Starts everything, from the database up to the port. Throws a StartError, leaving nothing running behind. */
export async function startServer({ config, logger, onCrash }: ServerOptions): Promise<RunningServer> {
  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    const port = await findPort(config.port, config.host);
    const publicUrl = config.publicUrl ?? `http://${reachableHost(config.host)}:${port}`;

    const { shared } = config;
    const observability = await startObservability({
      logger,
      version: programVersion(),
      serviceName: "quiz-server",
      traceEndpoint: config.traceEndpoint,
      traceShare: config.traceShare,
    });
    started.push(observability.stop);
    const openDemoHost = config.database.kind === "embedded";
    const { url, secret, close } = await openDatabase(config.database, onCrash);
    started.push(close);
    const database = await createDatabase(url, {
      onIdleError: observability.outages.of("database").fails,
    });
    started.push(database.close);

    const { pool } = database;
    if (config.database.kind === "given") started.push(await (shared ? holdTogether : holdAlone)(pool));
    const redis = shared ? await openRedis(shared.redisUrl, observability) : null;
    if (redis) started.push(async () => redis.close());
    const startLive = shared && redis ? startShared(redis, url, shared) : startAlone;

    const begin = async () => {
      await migrate(url);
      return createServices({
        database,
        startLive,
        secret,
        publicUrl,
        version: programVersion(),
        openDemoHost,
        webhooks: { allowPrivate: config.privateWebhooks },
        clock: systemClock,
        observability,
      });
    };
    // Embedded, nobody else is there, and all connections share one backend, in which a lock says nothing.
    const running = await (config.database.kind === "given" ? inTurn(pool, begin) : begin());
    started.push(running.stop);

    const operations = createOperationArchive(pool);
    const app: App = createApp({
      schema,
      createContext: createContextFactory(running.services),
      exports: running.services.exports,
      // Where Redis has the running games, they go on without the database.
      parts: {
        database: { check: () => isReachable(pool, HEALTH_TIMEOUT_MS), required: redis === null },
        ...(redis && { redis: { check: () => redis.isUp(HEALTH_TIMEOUT_MS), required: true } }),
      },
      observability,
      metricsToken: config.metricsToken,
      publicUrl,
      protection: createProtection({
        ...config.protection,
        budgets: failureBudgets(redis?.client),
        persistedTexts: await loadPersistedTexts(operations),
        reloadPersisted: () => loadPersistedTexts(operations),
        onUntrustedProxy: (proxy) =>
          logger.warn(
            { proxy },
            "requests are forwarded by a proxy that TRUSTED_PROXIES does not name: all count as one",
          ),
      }),
      folders: { web: join(projectRoot, "dist", "web"), playground: join(projectRoot, "dist", "playground") },
      port,
      host: config.host,
      ...(config.drainSeconds > 0 && { drain: drainTimes(config.drainSeconds) }),
    });
    await app.start();
    started.push(app.drain);
    return {
      port,
      publicUrl,
      openDemoHost,
      stop,
      hurry() {
        void app.stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Half of the time for balancers to notice, a quarter for clients to leave one by one, and the rest to spare. */
function drainTimes(seconds: number): DrainTimes {
  const ms = seconds * 1000;
  return { notReadyMs: ms / 2, spreadMs: ms / 4, graceMs: ms };
}

/** The database that the configuration asks for, and the secret that belongs to it. */
async function openDatabase(config: DatabaseConfig, onCrash: (error: Error) => void) {
  if (config.kind === "given") return { url: config.url, secret: config.authSecret, close: async () => {} };
  const folder = prepareDataFolder(config.dataFolder);
  const embedded = await startEmbeddedDatabase(folder, onCrash);
  try {
    return { url: embedded.url, secret: config.authSecret ?? keptSecret(folder), close: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** Where phones reach a server that listens on `host`; undefined: on every address of the machine. */
function reachableHost(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0" || host === "::") return lanAddress() ?? "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
