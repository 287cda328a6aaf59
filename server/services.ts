import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createAccounts, createAuth, createPlayerTokens } from "./account/index.ts";
import type { Clock } from "./core/clock.ts";
import type { Id } from "./core/ids.ts";
import { projectRoot } from "./core/projectRoot.ts";
import { UnavailableError } from "./core/refusals.ts";
import type { Database } from "./database/client.ts";
import { createExportLinks, createExports } from "./export/index.ts";
import { globalId, readGlobalId } from "./graphql/globalIds.ts";
import type { Services } from "./graphql/services.ts";
import { createArchive, createHistory } from "./history/index.ts";
import type { StartLive } from "./live/live.ts";
import { startWebhooks, type WebhookOptions } from "./live/webhooks.ts";
import type { Observability } from "./observability/observability.ts";
import { observedAdmission } from "./observability/observedAdmission.ts";
import { observedSessions } from "./observability/observedSessions.ts";
import { observedStore } from "./observability/observedStore.ts";
import { createPersonalData } from "./personalData/index.ts";
import { createQuizzes, type DEMO_HOST, seedDemo } from "./quiz/index.ts";
import { createContentLoader, createSessions, watchDeadlines } from "./session/index.ts";

export interface ServicesParts {
  readonly database: Database;
  /** Where running sessions live. */
  readonly startLive: StartLive;
  readonly secret: string;
  readonly publicUrl: string;
  readonly version: string;
  /** Whether anyone may sign in as the demo host, by the password that is printed at the start. */
  readonly openDemoHost: boolean;
  /** Where webhooks may be; without, on the public internet. */
  readonly webhooks?: WebhookOptions;
  readonly clock: Clock;
  readonly observability: Observability;
}

export interface RunningServices {
  readonly services: Services;
  /** Ends what runs by itself, and resolves when everything accepted is in the database. */
  stop(): Promise<void>;
}

/** The slices of the server, put together. */
export async function createServices(parts: ServicesParts): Promise<RunningServices> {
  const { database, startLive, secret, publicUrl, version, openDemoHost, clock, observability } = parts;
  const { logger, metrics, outages } = observability;
  const { prisma, pool, reports } = database;

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
  const live = await startLive({ prisma, pool, loadContent, clock, observability });
  const store = observedStore(live.store, observability);
  const archive = createArchive({ prisma, loadContent, clock });
  const plainSessions = createSessions({
    store,
    archive,
    contents: quizzes.content,
    loadContent,
    events: live.events,
    admission: observedAdmission(live.admission, metrics.live),
    playerTokens,
    clock,
    feedObserver: metrics.live,
  });
  const sessions = observedSessions(plainSessions, observability);
  metrics.live.watched(() => sessions.feed.watched);
  const stopWatching = watchDeadlines(store, clock, (error) => {
    // A store that cannot be reached is told of where it is reached for.
    if (!(error instanceof UnavailableError)) outages.of("deadlines").fails(error);
  });

  const history = createHistory({ prisma, pool: reports, loadContent });

  const options = parts.webhooks ?? { allowPrivate: false };
  const sending = startWebhooks({ prisma, pool, secret, publicUrl, version, options, observability });

  return {
    services: {
      accounts,
      playerTokens,
      quizzes,
      sessions,
      history,
      exports: createExports({
        pool: reports,
        loadContent,
        statistics: history.statistics,
        ids: { write: (type, id) => globalId(type, id as Id<typeof type>), read: readGlobalId },
        links: createExportLinks({ secret, publicUrl, clock }),
        publicUrl,
        clock,
        caughtUp: sessions.caughtUp,
      }),
      webhooks: sending.webhooks,
      personalData: createPersonalData({
        ...{ prisma, pool, clock },
        games: {
          caughtUp: sessions.caughtUp,
          async remove(sessionId, hostId, attemptId) {
            await sessions.run(hostId, sessionId, { kind: "remove", attemptId });
          },
        },
      }),
      server: { publicUrl, version },
    },
    async stop() {
      await stopWatching();
      await sending.stop();
      await live.stop();
    },
  };
}
