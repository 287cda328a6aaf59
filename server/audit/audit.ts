import type { SessionId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { RedisClient } from "../session/store/redis/scripts.ts";
import type { Difference, Note } from "./difference.ts";
import { checkHistory } from "./historyChecks.ts";
import { readHistory } from "./readHistory.ts";
import { liveSessionIds, readLive, readLiveVersion, readWaiting } from "./readLive.ts";
import { checkStore, checkVersions, compareWithStore } from "./storeChecks.ts";
import { writtenOf } from "./written.ts";

export interface AuditParts {
  readonly prisma: PrismaClient;
  /** Null: only whether the history agrees with itself. */
  readonly redis: RedisClient | null;
}

export interface Audit {
  /** Every difference of a session, which may be running; null where nobody knows it. Changes nothing. */
  session(id: SessionId): Promise<readonly Difference[] | null>;
  /** All sessions that PostgreSQL or Redis has. */
  sessions(): AsyncIterable<SessionId>;
}

const PAGE = 500;

/** Compares what the store, the journal and the history say of sessions. */
export function createAudit({ prisma, redis }: AuditParts): Audit {
  async function session(id: SessionId): Promise<readonly Difference[] | null> {
    const differences: Difference[] = [];
    const note: Note = (difference) => differences.push({ sessionId: id, ...difference });
    // In this order, what leaves the one while it is read is found in the next.
    const live = redis && (await readLive(redis, id));
    const waiting = redis ? await readWaiting(redis, id) : [];
    const history = await readHistory(prisma, id);
    checkHistory(history, note);
    for (const { id: entryId, entry } of waiting)
      if (!entry) note({ kind: "waiting-unreadable", field: entryId, expected: "an entry", found: null });
    const written = writtenOf(history, waiting, live?.version ?? Number.POSITIVE_INFINITY);
    if (live) {
      checkStore(live, note);
      if (!written) note({ kind: "session-not-in-history", expected: live.version, found: null });
      else {
        checkVersions(live, history.session?.version ?? 0, waiting, note);
        compareWithStore(written, live, note);
        // Newer than what was read of the store is well, newer than what the store has is not.
        const now = written.version > live.version && redis ? await readLiveVersion(redis, id) : null;
        if (now !== null && now < written.version)
          note({ kind: "version", expected: written.version, found: now });
      }
      return differences;
    }
    if (!written) return differences.length > 0 ? differences : null;
    if (redis && written.phase?.state !== "FINISHED") {
      // Opened while it was looked for.
      if ((await readLiveVersion(redis, id)) !== null) return session(id);
      note({ kind: "session-not-in-store", expected: written.version, found: null });
    }
    return differences;
  }

  async function* sessions(): AsyncIterable<SessionId> {
    const seen = new Set<string>(redis ? await liveSessionIds(redis) : []);
    yield* [...seen] as SessionId[];
    for (let after: string | undefined; ; ) {
      const page = await prisma.session.findMany({
        ...(after !== undefined && { where: { id: { gt: after } } }),
        ...{ select: { id: true }, orderBy: { id: "asc" }, take: PAGE },
      });
      for (const { id } of page) if (!seen.has(id)) yield id as SessionId;
      after = page.at(-1)?.id;
      if (page.length < PAGE) return;
    }
  }

  return { session, sessions };
}
