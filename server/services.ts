import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createAccounts, createAuth, createPlayerTokens } from "./account/index.ts";
import type { Clock } from "./core/clock.ts";
import { projectRoot } from "./core/projectRoot.ts";
import type { Database } from "./database/client.ts";
import type { Services } from "./graphql/services.ts";
import { createArchive, createHistory } from "./history/index.ts";
import { createHeartbeat, createPostgresJournal, restoreSessions } from "./journal/index.ts";
import type { Logger } from "./observability/logger.ts";
import { createQuizzes, type DEMO_HOST, seedDemo } from "./quiz/index.ts";
import { createContentLoader, createSessionEvents, createSessions, watchDeadlines } from "./session/index.ts";
import { createMemoryStore } from "./session/store/memory/memoryStore.ts";

export interface ServicesParts {
  readonly database: Database;
  readonly secret: string;
  readonly publicUrl: string;
  readonly version: string;
  /** Whether anyone may sign in as the demo host, by the password that is printed at the start. */
  readonly openDemoHost: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RunningServices {
  readonly services: Services;
  /** Ends what runs by itself, and resolves when everything accepted is in the database. */
  stop(): Promise<void>;
}

/** The slices of a single server, put together: a live store in memory, its journal in PostgreSQL. */
export async function createServices(parts: ServicesParts): Promise<RunningServices> {
  const { database, secret, publicUrl, version, openDemoHost, clock, logger } = parts;
  const { prisma, pool } = database;

  const auth = createAuth({
    prisma,
    secret,
    publicUrl,
    log: (level, message) => logger[level](`accounts: ${message}`),
  });
  const accounts = createAccounts(auth, prisma, clock);
  const playerTokens = createPlayerTokens(secret, clock);
  const quizzes = createQuizzes(prisma, clock);
  await seedDemo({
    prisma,
    folder: join(projectRoot, "prisma", "demo"),
    // With a database of one's own, a password that everyone knows would be a hole: there, nobody is the demo host.
    signUp: (host: typeof DEMO_HOST) => {
      const password = openDemoHost ? host.password : randomBytes(32).toString("base64url");
      return accounts.signUp({ ...host, password }, new Headers());
    },
    create: quizzes.create,
  });

  const loadContent = createContentLoader(quizzes.content);
  const journal = createPostgresJournal(pool, logger);
  const events = createSessionEvents(new EventTarget(), (error) =>
    logger.error({ err: error }, "a listener failed"),
  );
  const store = createMemoryStore({ clock, journal, publish: events.publish });
  const restored = await restoreSessions({
    prisma,
    store,
    loadContent,
    clock,
    onDamaged: (sessionId, error) =>
      logger.error({ err: error, sessionId }, "a session cannot go on: what is stored of it is damaged"),
  });
  if (restored > 0) logger.info({ restored }, "unfinished sessions go on");
  const archive = createArchive({ prisma, loadContent, clock });
  const sessions = createSessions({
    store,
    archive,
    contents: quizzes.content,
    loadContent,
    events,
    playerTokens,
    clock,
  });
  const stopWatching = watchDeadlines(store, clock, (error) =>
    logger.error({ err: error }, "a deadline was not kept"),
  );
  const stopBeating = createHeartbeat(prisma, clock, (error) =>
    logger.warn({ err: error }, "no heartbeat was written"),
  );

  return {
    services: {
      accounts,
      playerTokens,
      quizzes,
      sessions,
      history: createHistory({ prisma, loadContent }),
      server: { publicUrl, version },
    },
    async stop() {
      await stopWatching();
      await journal.drain();
      await stopBeating();
    },
  };
}
