import { systemClock } from "../../server/core/clock.ts";
import { createDatabase, type Database } from "../../server/database/client.ts";
import { migrate } from "../../server/database/migrate.ts";
import { type Context, createContextFactory } from "../../server/graphql/context.ts";
import { startAlone } from "../../server/live/alone.ts";
import { createServices } from "../../server/services.ts";
import { testObservability } from "../../tests/fixtures/observability.ts";

export interface BenchPlace {
  readonly database: Database;
  readonly hostId: string;
  /** The host's bearer token, good at every server on this database. */
  readonly token: string;
  /** What an operation of the host runs in. */
  context(): Promise<Context>;
  close(): Promise<void>;
}

/** The services on a database that is empty but for a host. */
export async function openPlace(databaseUrl: string): Promise<BenchPlace> {
  await migrate(databaseUrl);
  const database = await createDatabase(databaseUrl);
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
    token,
    context: () => createContext({ headers: new Headers({ authorization: `Bearer ${token}` }) }),
    async close() {
      await running.stop();
      await database.close();
    },
  };
}
