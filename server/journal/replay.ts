import type { Clock } from "../core/clock.ts";
import type { QuizVersionId } from "../core/ids.ts";
import type { PrismaClient, Session } from "../generated/prisma/client.ts";
import type { ContentLoader } from "../session/index.ts";
import { lastChangeOf } from "../session/store/lastChange.ts";
import type { RestorableStore, SavedSession } from "../session/store/liveStore.ts";
import { answerRecordOf, attemptRecordOf, phaseOf, setupOf } from "./records.ts";

const HEARTBEAT_MS = 1000;
const ROW = 1;

export interface RestoreParts {
  readonly prisma: PrismaClient;
  readonly store: RestorableStore;
  readonly loadContent: ContentLoader;
  readonly clock: Clock;
  readonly onDamaged: (sessionId: string, error: unknown) => void;
}

/**
 * Puts every unfinished session back into the store, as PostgreSQL has it. Nobody could answer since the last
 * heartbeat or the last change, so open questions get that time back. A session whose rows are damaged is left out, and
 * told of, so that the others can go on. Resolves to how many go on.
 */
export async function restoreSessions(parts: RestoreParts): Promise<number> {
  const { prisma, store, clock, onDamaged } = parts;
  const unfinished = await prisma.session.findMany({ where: { state: { not: "FINISHED" } } });
  const heartbeat = await prisma.heartbeat.findUnique({ where: { id: ROW } });
  let restored = 0;
  for (const row of unfinished) {
    const saved = await readSaved(row, parts).catch((error: unknown) => onDamaged(row.id, error));
    if (!saved) continue;
    const lastSign = Math.max(heartbeat?.at.getTime() ?? 0, lastChangeOf(saved));
    await store.restore(saved, Math.max(0, clock.now() - lastSign));
    restored += 1;
  }
  return restored;
}

interface SavedParts {
  readonly prisma: Pick<PrismaClient, "attempt" | "answer">;
  readonly loadContent: ContentLoader;
}

/** What is saved of a session, from its row. Rejects where its rows are damaged. */
export async function readSaved(row: Session, { prisma, loadContent }: SavedParts): Promise<SavedSession> {
  const [content, attempts, answers] = await Promise.all([
    loadContent(row.quizVersionId as QuizVersionId),
    prisma.attempt.findMany({ where: { sessionId: row.id }, orderBy: { joinedAt: "asc" } }),
    prisma.answer.findMany({ where: { sessionId: row.id }, orderBy: { number: "asc" } }),
  ]);
  return {
    setup: setupOf(row, content),
    version: row.version,
    phase: phaseOf(row),
    attempts: attempts.map(attemptRecordOf),
    answers: answers.map(answerRecordOf),
  };
}

/**
 * Writes down every second that the server runs, and players can answer, so that whoever brings lost games back knows how
 * long nobody could.
 * Returns the function that stops it.
 */
export function createHeartbeat(
  prisma: PrismaClient,
  clock: Clock,
  onError: (error: unknown) => void,
  canAnswer: () => boolean = () => true,
): () => Promise<void> {
  let beating: Promise<unknown> = Promise.resolve();
  const beat = () => {
    if (!canAnswer()) return;
    const at = new Date(clock.now());
    beating = prisma.heartbeat
      .upsert({ where: { id: ROW }, create: { id: ROW, at }, update: { at } })
      .catch(onError);
  };
  const timer = setInterval(beat, HEARTBEAT_MS);
  beat();
  return async () => {
    clearInterval(timer);
    await beating;
  };
}
