import type { AttemptId, SessionId } from "../core/ids.ts";
import { type ContentLoader, keep } from "./contentLoader.ts";
import type { SessionContent } from "./domain/content.ts";
import type { AttemptSnapshot, SessionSetup, SessionSnapshot, Standings } from "./domain/session.ts";
import type { SessionArchive } from "./ports.ts";
import type { AttemptsReading, LiveStore, Ranks } from "./store/liveStore.ts";

const KEPT_SETUPS = 20_000;

export interface SessionReader {
  byId(id: SessionId): Promise<SessionSnapshot | null>;
  /** The unfinished session that has the code, else the newest one that had it. */
  byCode(code: string): Promise<SessionSnapshot | null>;
  standings(id: SessionId, first: number): Promise<Standings | null>;
  attempt(sessionId: SessionId, id: AttemptId): Promise<AttemptSnapshot | null>;
  /** Several attempts of a session that the live store keeps; null where it does not. */
  attempts(sessionId: SessionId, ids: readonly AttemptId[]): Promise<AttemptsReading | null>;
  /** Where everyone stands in a session that the live store keeps; null where it does not. */
  ranks(sessionId: SessionId): Promise<Ranks | null>;
  /** An attempt of any session, from its id alone. */
  anyAttempt(id: AttemptId): Promise<AttemptSnapshot | null>;
  contentOf(setup: Pick<SessionSetup, "quizVersionId">): Promise<SessionContent>;
  /** The unchanging part of a session and its content, without asking the store twice. Null for no such session. */
  setupAndContent(id: SessionId): Promise<{ setup: SessionSetup; content: SessionContent } | null>;
}

/** Reads sessions wherever they are: the live store while it keeps them, PostgreSQL afterwards. */
export function createSessionReader(
  store: LiveStore,
  archive: SessionArchive,
  loadContent: ContentLoader,
): SessionReader {
  const byId = async (id: SessionId) => (await store.read({ id })) ?? archive.byId(id);
  const setup = keep(KEPT_SETUPS, async (id: SessionId) => {
    const session = await byId(id);
    if (!session) throw new UnknownSession();
    return session.setup;
  });

  return {
    byId,
    async byCode(code) {
      const live = await store.read({ code });
      if (live) return live;
      const archived = await archive.byCode(code);
      // Finished, it has no code in the store any more, and is newer there for as long as PostgreSQL lags.
      return archived && ((await store.read({ id: archived.setup.id })) ?? archived);
    },
    standings: async (id, first) => (await store.standings(id, first)) ?? archive.standings(id, first),
    async attempt(sessionId, id) {
      const live = await store.attempt(sessionId, id);
      if (live) return live;
      const archived = await archive.attempt(id);
      return archived?.record.sessionId === sessionId ? archived : null;
    },
    attempts: (sessionId, ids) => store.attempts(sessionId, ids),
    ranks: (sessionId) => store.ranks(sessionId),
    async anyAttempt(id) {
      // The store first: PostgreSQL may not know the attempt yet, or be away.
      const sessionId = await store.sessionOfAttempt(id);
      const live = sessionId && (await store.attempt(sessionId, id));
      if (live) return live;
      const archived = await archive.attempt(id);
      if (!archived) return null;
      return (await store.attempt(archived.record.sessionId, id)) ?? archived;
    },
    contentOf: ({ quizVersionId }) => loadContent(quizVersionId),
    async setupAndContent(id) {
      try {
        const found = await setup(id);
        return { setup: found, content: await loadContent(found.quizVersionId) };
      } catch (error) {
        if (error instanceof UnknownSession) return null;
        throw error;
      }
    },
  };
}

class UnknownSession extends Error {}
