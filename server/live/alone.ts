import { createHeartbeat, createPostgresJournal, restoreSessions } from "../journal/index.ts";
import { ALWAYS_ADMITTED, createSessionEvents } from "../session/index.ts";
import { createMemoryStore } from "../session/store/memory/memoryStore.ts";
import { createCompanions } from "./companions.ts";
import type { Live, LiveParts } from "./live.ts";

/** The one server of its database: sessions live in its memory, and each change is in PostgreSQL before it is told. */
export async function startAlone(parts: LiveParts): Promise<Live> {
  const { prisma, pool, loadContent, clock, observability } = parts;
  const { logger, metrics, outages } = observability;
  const journal = createPostgresJournal(pool, logger, {
    outage: outages.of("database"),
    observer: metrics.journal,
    alsoWrite: createCompanions(logger),
  });
  metrics.journal.lag({ entries: () => journal.pending, seconds: () => journal.lagMs / 1000 });
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
  metrics.live.kept(() => store.sessionCount);
  metrics.live.sessionsRestored(restored);
  if (restored > 0) logger.info({ restored }, "unfinished sessions go on");
  const stopBeating = createHeartbeat(prisma, clock, outages.of("database").fails);
  return {
    store,
    events,
    admission: ALWAYS_ADMITTED,
    async stop() {
      await journal.drain();
      await stopBeating();
    },
  };
}
