import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { projectRoot } from "../../server/core/projectRoot.ts";
import { StartError } from "../../server/core/startError.ts";
import { freePort } from "../../tests/fixtures/serverProcess.ts";
import type { Engines } from "./engines.ts";
import { type Program, startProgram } from "./program.ts";

export interface Product extends Program {
  /** Without a slash at the end. */
  readonly url: string;
}

const MAIN = join(projectRoot, "dist", "server", "main.js");
const READY_TIMEOUT_MS = 60_000;

const BUILD = join(projectRoot, "scripts", "build.mjs");

/** Builds what of the server is out of date. Throws a StartError where that fails. */
export function buildProduct(): void {
  const { status } = spawnSync(process.execPath, [BUILD, "database client", "server"], { stdio: "inherit" });
  if (status !== 0) throw new StartError("The server could not be built.");
}

export interface ProductOptions {
  readonly name?: string;
  /** More of the environment that it is configured by. */
  readonly env?: Readonly<Record<string, string>>;
  readonly profileFolder?: string | undefined;
}

/** The whole built server, as its users start it: with Redis and PostgreSQL, everything on. Resolves once it is ready. */
export async function startProduct(engines: Engines, options: ProductOptions = {}): Promise<Product> {
  const { name = "the product", env = {}, profileFolder } = options;
  const port = await freePort();
  const program = startProgram({
    name,
    file: MAIN,
    profileFolder,
    env: {
      PORT: String(port),
      HOST: "127.0.0.1",
      LOG_LEVEL: "warn",
      REDIS_URL: engines.redisUrl,
      DATABASE_URL: engines.databaseUrl,
      AUTH_SECRET: "a secret of the bench, which is long enough",
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DRAIN_SECONDS: "0",
      // All clients of a bench come from one machine. The other limits stay on, and are part of what is measured.
      MAX_SOCKETS_PER_ADDRESS: "100000",
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(url, program);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { ...program, url };
}

async function untilReady(url: string, program: Program): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    await ready?.body?.cancel();
    if (ready?.ok) return;
    if (performance.now() > deadline)
      throw new Error(`The server was not ready in time:\n${program.output()}`);
    await pause(50);
    // Throws where the process has ended.
    program.cpuMs();
  }
}
