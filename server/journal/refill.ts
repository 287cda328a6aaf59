import type { QuizVersionId, SessionId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { ContentLoader } from "../session/index.ts";
import { lastChangeOf } from "../session/store/lastChange.ts";
import type { SavedSession } from "../session/store/liveStore.ts";
import { readSaved } from "./replay.ts";

/**
 * More than any session changes by while PostgreSQL is behind: what its clients have seen of it and was lost with the
 * live store must stay below the versions with which it goes on.
 */
const VERSION_JUMP = 1_000_000;
/** Sessions that are read and put back at a time. */
const AT_ONCE = 4;
const HEARTBEAT_ROW = 1;

interface RefillableStore {
  restore(saved: SavedSession, gapMs: number, options: { readonly versionJump: number }): Promise<void>;
  restoreCode(id: SessionId, code: string): Promise<void>;
}

export interface RefillParts {
  readonly prisma: PrismaClient;
  readonly loadContent: ContentLoader;
  readonly store: RefillableStore;
  readonly shardOf: (id: SessionId) => number;
  /** A session's rows are damaged; it is left out, so that the others can go on. */
  readonly onDamaged: (sessionId: string, error: unknown) => void;
  readonly onRestored?: (sessionId: string) => void;
}

/** Times in milliseconds since 1970, by the live store's clock. */
interface EmptyMoment {
  readonly now: number;
  /** When the store was last known to be there and watched; null where this process does not know. */
  readonly lastBeatAt: number | null;
}

/**
 * Puts the unfinished sessions of shards back that the live store has lost, as PostgreSQL has them, with versions that
 * are above all that anybody has seen. Open questions get the time back since the store was last known to be there. May
 * run at several servers at once: the store takes each session once. Rejects where PostgreSQL cannot be read.
 */
export function createRefill(parts: RefillParts) {
  const { prisma, store, shardOf, onRestored } = parts;
  return async (shards: ReadonlySet<number>, { now, lastBeatAt }: EmptyMoment): Promise<void> => {
    const unfinished = await prisma.session.findMany({
      where: { state: { not: "FINISHED" } },
      select: { id: true, code: true },
    });
    const heartbeat = await prisma.heartbeat.findUnique({ where: { id: HEARTBEAT_ROW } });
    const lastSign = lastBeatAt ?? heartbeat?.at.getTime() ?? 0;
    await eachOf(unfinished, async ({ code, ...row }) => {
      const id = row.id as SessionId;
      // The code of a session that is there may have been lost with another part of a cluster.
      if (!shards.has(shardOf(id))) return store.restoreCode(id, code);
      const saved = await readIfWhole(id, parts);
      if (!saved) return;
      const gapMs = now - Math.max(lastSign, lastChangeOf(saved));
      await store.restore(saved, Math.max(0, gapMs), { versionJump: VERSION_JUMP });
      onRestored?.(id);
    });
  };
}

/**
 * Null where the session is finished meanwhile, or, and told of, where its rows are damaged; rejects where it is
 * PostgreSQL itself that cannot be read.
 */
async function readIfWhole(id: SessionId, parts: RefillParts): Promise<SavedSession | null> {
  try {
    return await readAtOnce(id, parts);
  } catch {
    await parts.prisma.$queryRaw`SELECT 1`;
  }
  return readAtOnce(id, parts).catch((error: unknown) => {
    parts.onDamaged(id, error);
    return null;
  });
}

/** All rows as of one moment: a worker that was held up may still write what it had read before the loss. */
async function readAtOnce(id: SessionId, { prisma, loadContent }: RefillParts): Promise<SavedSession | null> {
  const { quizVersionId } = await prisma.session.findUniqueOrThrow({ where: { id } });
  // On a connection of its own, and thus before: whoever holds one must not wait for another.
  const content = await loadContent(quizVersionId as QuizVersionId);
  return prisma.$transaction(
    async (transaction) => {
      const row = await transaction.session.findUniqueOrThrow({ where: { id } });
      if (row.state === "FINISHED") return null;
      return readSaved(row, { prisma: transaction, loadContent: async () => content });
    },
    { isolationLevel: "RepeatableRead" },
  );
}

/** Does it with each item, a few at a time. Rejects with the first failure. */
async function eachOf<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const item of waiting) await act(item);
  });
  await Promise.all(workers);
}
