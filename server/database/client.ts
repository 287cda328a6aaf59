import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { errorCode, StartError } from "../core/startError.ts";
import { PrismaClient } from "../generated/prisma/client.ts";

/** The database as the rest of the server knows it, wherever it runs. */
export interface Database {
  readonly prisma: PrismaClient;
  /** For SQL of one's own. Statements must not be named: embedded, all connections share one backend. */
  readonly pool: pg.Pool;
  /** A few more connections, for whoever reads the history at length: however many do, nobody who plays waits for one of them. */
  readonly reports: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Told of connections that break while nobody uses them; the pool replaces them. */
  readonly onIdleError?: (error: Error) => void;
  readonly maxConnections?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const OLDEST_VERSION = 15;
const REPORT_CONNECTIONS = 3;

/** Connects to a PostgreSQL; throws a StartError where it cannot be reached, or is too old. */
export async function createDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const pool = createPool(url, options);
  try {
    await checkVersion(pool);
  } catch (error) {
    await pool.end();
    if (error instanceof StartError) throw error;
    throw new StartError(`The database ${withoutPassword(url)} cannot be reached (${reasonOf(error)}).`);
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const reports = createPool(url, { ...options, maxConnections: REPORT_CONNECTIONS });
  return {
    prisma,
    pool,
    reports,
    async close() {
      await prisma.$disconnect();
      await reports.end();
      await pool.end();
    },
  };
}

/** Connections of one's own, beside the database's. Throws a StartError where the address is none. */
export function createPool(url: string, options: DatabaseOptions): pg.Pool {
  try {
    const pool = new pg.Pool({
      connectionString: url,
      max: options.maxConnections ?? 10,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    // Without a listener, a restart of PostgreSQL would end this process.
    pool.on("error", (error) => options.onIdleError?.(error));
    return pool;
  } catch {
    throw new StartError(
      "DATABASE_URL is not the address of a PostgreSQL (postgresql://user:password@host:5432/name).",
    );
  }
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  const version = Math.floor(Number(rows[0]?.version) / 10_000);
  if (version >= OLDEST_VERSION) return;
  throw new StartError(
    `PostgreSQL ${OLDEST_VERSION} or newer is needed; the database at DATABASE_URL is ${version}.`,
  );
}

/** Whether the database answers within `timeoutMs`. Never rejects. */
export async function isReachable(pool: pg.Pool, timeoutMs: number): Promise<boolean> {
  const answer = pool.query("select 1").then(
    () => true,
    () => false,
  );
  const tooLate = new AbortController();
  const limit = sleep(timeoutMs, false, tooLate).catch(() => false);
  return Promise.race([answer, limit]).finally(() => tooLate.abort());
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? (errorCode(error) ?? "no answer") : message.replaceAll(/\s+/g, " ");
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return "at DATABASE_URL";
  const { hostname, port, pathname } = new URL(url);
  return `at ${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
}
