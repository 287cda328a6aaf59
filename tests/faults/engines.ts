import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createPostgres, type PostgresProcess } from "../fixtures/postgres.ts";
import { type RedisProcess, startRedis } from "../fixtures/redis.ts";
import { freePort } from "../fixtures/serverProcess.ts";
import { startTroubledProxy, type TroubledProxy } from "../fixtures/troubledProxy.ts";

/** Redis and PostgreSQL, each with the way that servers and workers have to it. Tests look at them directly. */
export interface Engines {
  readonly redis: RedisProcess;
  readonly postgres: PostgresProcess;
  readonly toRedis: TroubledProxy;
  readonly toPostgres: TroubledProxy;
  /** What servers and workers are given. */
  readonly urls: { readonly redis: string; readonly database: string };
  stop(): Promise<void>;
}

/** Both as they are run in production, as far as safety goes, on free ports of loopback. */
export async function startEngines(): Promise<Engines> {
  const folder = findPostgres();
  const postgresPort = await freePort();
  const postgres = await createPostgres(folder, postgresPort, ["-c", "max_connections=200"]);
  await postgres.start();
  const redis = await startRedis();
  const toRedis = await startTroubledProxy(redis.port);
  const toPostgres = await startTroubledProxy(postgresPort);
  return {
    redis,
    postgres,
    toRedis,
    toPostgres,
    urls: {
      redis: `redis://127.0.0.1:${toRedis.port}`,
      database: `postgresql://postgres@127.0.0.1:${toPostgres.port}/postgres`,
    },
    async stop() {
      await Promise.all([toRedis.stop(), toPostgres.stop()]);
      await Promise.all([redis.remove(), postgres.remove()]);
    },
  };
}

const DEBIAN = "/usr/lib/postgresql";

/** The folder of PostgreSQL's binaries: POSTGRES_BIN, or the newest that Debian has. */
function findPostgres(): string {
  const given = process.env["POSTGRES_BIN"];
  if (given) return given;
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(DEBIAN, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
  if (found) return found;
  throw new Error(
    "The fault test needs PostgreSQL: install its server (Debian: apt-get install postgresql), or set POSTGRES_BIN to the folder of its binaries.",
  );
}
