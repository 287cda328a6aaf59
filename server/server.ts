import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findPort, lanAddress } from "./addresses.ts";
import { type App, createApp } from "./app.ts";
import type { Config, DatabaseConfig } from "./config.ts";
import { systemClock } from "./core/clock.ts";
import { projectRoot } from "./core/projectRoot.ts";
import { createDatabase, isReachable } from "./database/client.ts";
import { prepareDataFolder, startEmbeddedDatabase } from "./database/embedded.ts";
import { migrate } from "./database/migrate.ts";
import { holdAlone } from "./database/onlyServer.ts";
import { createContextFactory } from "./graphql/context.ts";
import { schema } from "./graphql/schema.ts";
import { keptSecret } from "./keptSecret.ts";
import type { Logger } from "./observability/logger.ts";
import { createServices } from "./services.ts";

export interface RunningServer {
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Whether the demo host's password is the published one. */
  readonly openDemoHost: boolean;
  /** Lets go of clients, finishes what was accepted, and closes the database. */
  stop(): Promise<void>;
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

    const openDemoHost = config.database.kind === "embedded";
    const { url, secret, close } = await openDatabase(config.database, onCrash);
    started.push(close);
    const database = await createDatabase(url, {
      onIdleError: (error) => logger.warn({ err: error }, "a connection to the database broke"),
    });
    started.push(database.close);
    await migrate(url);

    if (config.database.kind === "given") started.push(await holdAlone(database.pool));

    const running = await createServices({
      database,
      secret,
      publicUrl,
      version: version(),
      openDemoHost,
      clock: systemClock,
      logger,
    });
    started.push(running.stop);

    const app: App = createApp({
      schema,
      createContext: createContextFactory(running.services),
      readiness: { database: () => isReachable(database.pool, HEALTH_TIMEOUT_MS) },
      logger,
      publicUrl,
      folders: { web: join(projectRoot, "dist", "web"), playground: join(projectRoot, "dist", "playground") },
      port,
      host: config.host,
    });
    await app.start();
    started.push(app.stop);
    return { port, publicUrl, openDemoHost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
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

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const found =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : null;
  return typeof found === "string" ? found : "unknown";
}
