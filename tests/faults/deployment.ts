import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Balancer, startBalancer } from "../fixtures/balancer.ts";
import { freePort } from "../fixtures/serverProcess.ts";
import { type Engines, startEngines } from "./engines.ts";
import { Supervised } from "./supervised.ts";

export interface DeploymentOptions {
  readonly servers: number;
  readonly workers: number;
  /** Whether the first server writes the journal too, beside the workers. */
  readonly serverWrites: boolean;
  /** Workers that acknowledge before they store, in place of those of the product. */
  readonly carelessWorkers?: boolean;
  /** Where what processes print is kept, a file each. */
  readonly logFolder?: string | undefined;
  /** How far off the clock of the last server is, in milliseconds. */
  readonly clockShiftMs?: number;
}

/** The product as it runs on many machines: servers and workers, what they stand on, and the balancer before them. */
export interface Deployment extends Engines {
  readonly servers: readonly Supervised[];
  readonly workers: readonly Supervised[];
  readonly balancer: Balancer;
  /** Of each server, past the balancer. */
  readonly serverUrls: readonly string[];
}

const MAIN = fileURLToPath(new URL("../../dist/server/main.js", import.meta.url));
const WORKER = fileURLToPath(new URL("../../dist/server/worker.js", import.meta.url));
const CARELESS_WORKER = fileURLToPath(new URL("carelessWorker.ts", import.meta.url));
const SHIFT_CLOCK = fileURLToPath(new URL("shiftClock.mjs", import.meta.url));
const READY_TIMEOUT_MS = 120_000;
const PROBE_MS = 2000;

/** Starts everything from what is built in `dist`, and resolves when all of it is ready. */
export async function deploy(options: DeploymentOptions): Promise<Deployment> {
  if (options.workers > 0 && !existsSync(WORKER)) throw new Error("dist/server/worker.js is not built");
  const engines = await startEngines();
  const ports = await Promise.all(Array.from({ length: options.servers }, freePort));
  const balancer = await startBalancer(ports);
  const env = {
    DATABASE_URL: engines.urls.database,
    REDIS_URL: engines.urls.redis,
    AUTH_SECRET: "a secret that all servers of this test share",
    PUBLIC_URL: balancer.url,
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
    NODE_ENV: "production",
    // The balancer notices within a fraction of a second.
    DRAIN_SECONDS: "1",
  };
  const { logFolder } = options;
  const logFileOf = (name: string) =>
    logFolder === undefined ? {} : { logFile: join(logFolder, `${name.replace(" ", "-")}.log`) };
  const serverUrls = ports.map((port) => `http://127.0.0.1:${port}`);
  const servers = ports.map((port, index) => {
    const name = `server ${index + 1}`;
    const shifted = index === ports.length - 1 ? options.clockShiftMs : undefined;
    return new Supervised({
      name,
      ...logFileOf(name),
      args: [...(shifted === undefined ? [] : ["--import", SHIFT_CLOCK]), "--enable-source-maps", MAIN],
      env: {
        ...env,
        PORT: String(port),
        JOURNAL_WORKER: options.serverWrites && index === 0 ? "on" : "off",
        ...(shifted !== undefined && { CLOCK_SHIFT_MS: String(shifted) }),
      },
      isReady: () => isReady(`http://127.0.0.1:${port}`),
    });
  });
  const workerPorts = await Promise.all(Array.from({ length: options.workers }, freePort));
  const workers = workerPorts.map((port, index) => {
    const name = `worker ${index + 1}`;
    return new Supervised({
      name,
      ...logFileOf(name),
      args: options.carelessWorkers ? ["--import", "tsx", CARELESS_WORKER] : ["--enable-source-maps", WORKER],
      env: { ...env, PORT: String(port) },
      isReady: () => isReady(`http://127.0.0.1:${port}`),
    });
  });

  async function stop(): Promise<void> {
    await Promise.all([...servers, ...workers].map((process) => process.stop("SIGKILL")));
    await balancer.stop();
    await engines.stop();
  }

  try {
    // The first one makes the tables; the others find them.
    for (const process of [...servers, ...workers]) {
      process.start();
      if (process === servers[0]) await process.untilReady(READY_TIMEOUT_MS);
    }
    for (const process of [...servers, ...workers]) await process.untilReady(READY_TIMEOUT_MS);
    while (balancer.ready().length < ports.length) await new Promise((resolve) => setTimeout(resolve, 50));
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...engines, servers, workers, balancer, serverUrls, stop };
}

async function isReady(url: string): Promise<boolean> {
  const reply = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(PROBE_MS) }).catch(
    () => null,
  );
  await reply?.body?.cancel().catch(() => {});
  return reply?.ok ?? false;
}
