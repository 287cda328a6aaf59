import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../../server/core/startError.ts";
import { createPostgres } from "../../tests/fixtures/postgres.ts";
import { startRedis } from "../../tests/fixtures/redis.ts";
import { freePort } from "../../tests/fixtures/serverProcess.ts";

/** What the product stands on: a Redis and a PostgreSQL of their own, in temporary places. */
export interface Engines {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  /** For the results. */
  readonly versions: { readonly redis: string; readonly postgres: string };
  stop(): Promise<void>;
}

/** As a small server of its own would be configured; what is acknowledged is on disk. */
export const POSTGRES_SETTINGS = [
  "shared_buffers=512MB",
  "work_mem=32MB",
  "max_wal_size=4GB",
  "checkpoint_timeout=30min",
  "max_connections=200",
];

/** Both as they are run in production, as far as safety goes: the append-only file and the WAL are written through. */
export async function startEngines(): Promise<Engines> {
  const folder = findPostgres();
  const settings = POSTGRES_SETTINGS.flatMap((setting) => ["-c", setting]);
  const postgres = await createPostgres(folder, await freePort(), settings);
  await postgres.start();
  const redis = await startRedis().catch(async (error: unknown) => {
    await postgres.remove();
    throw error;
  });
  return {
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    versions: {
      redis: versionIn(process.env["REDIS_BIN"] ?? "redis-server"),
      postgres: versionIn(join(folder, "postgres")),
    },
    async stop() {
      await Promise.all([redis.remove(), postgres.remove()]);
    },
  };
}

const versionIn = (binary: string): string =>
  /\d+(\.\d+)+/.exec(execFileSync(binary, ["--version"], { encoding: "utf8" }))?.[0] ?? "?";

const DEBIAN = "/usr/lib/postgresql";

/** The folder of PostgreSQL's binaries: POSTGRES_BIN, or the newest that Debian has. Throws a StartError. */
export function findPostgres(): string {
  const given = process.env["POSTGRES_BIN"];
  if (given) return given;
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(DEBIAN, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
  if (found) return found;
  throw new StartError(
    "This bench starts a PostgreSQL of its own: install it (Debian: apt-get install postgresql), or set POSTGRES_BIN.",
  );
}
