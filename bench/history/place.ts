import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findPort } from "../../server/addresses.ts";
import { systemClock } from "../../server/core/clock.ts";
import { StartError } from "../../server/core/startError.ts";
import { createDatabase, type Database } from "../../server/database/client.ts";
import { migrate } from "../../server/database/migrate.ts";
import { type Context, createContextFactory } from "../../server/graphql/context.ts";
import { startAlone } from "../../server/live/alone.ts";
import { createServices } from "../../server/services.ts";
import { testObservability } from "../../tests/fixtures/observability.ts";
import { createPostgres } from "../../tests/fixtures/postgres.ts";

export interface BenchPlace {
  readonly database: Database;
  readonly hostId: string;
  /** What an operation of the host runs in. */
  context(): Promise<Context>;
  close(): Promise<void>;
}

/** As a small server of its own would be configured; answers are acknowledged only when they are on disk. */
const SETTINGS = ["shared_buffers=512MB", "work_mem=32MB", "max_wal_size=4GB", "checkpoint_timeout=30min"];

/** A PostgreSQL of its own, empty but for a host, and the services on it. */
export async function openPlace(): Promise<BenchPlace> {
  const folder = postgresFolder();
  const settings = SETTINGS.flatMap((setting) => ["-c", setting]);
  const postgres = await createPostgres(folder, await findPort(0, "127.0.0.1"), settings);
  await postgres.start();
  await migrate(postgres.url);
  const database = await createDatabase(postgres.url);
  const running = await createServices({
    database,
    startLive: startAlone,
    secret: "a secret of the bench, which is long enough",
    publicUrl: "http://localhost:4000",
    version: "0.0.0",
    openDemoHost: false,
    clock: systemClock,
    observability: testObservability({ write: () => {} }),
  });
  const { services } = running;
  const { token, user } = await services.accounts.signUp(
    { email: "host@example.org", password: "correct horse", name: "Host" },
    new Headers(),
  );
  const createContext = createContextFactory(services);
  return {
    database,
    hostId: user.id,
    context: () => createContext({ headers: new Headers({ authorization: `Bearer ${token}` }) }),
    async close() {
      await running.stop();
      await database.close();
      await postgres.remove();
    },
  };
}

function postgresFolder(): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const [newest] = versions;
  if (newest !== undefined) return join(debian, newest, "bin");
  throw new StartError(
    "This bench starts a PostgreSQL of its own: install it (Debian: apt-get install postgresql).",
  );
}
