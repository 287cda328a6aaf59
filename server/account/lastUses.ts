import type { Clock } from "../core/clock.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";

/** When a key was last used is known to within this. */
export const LAST_USE_STEP_MS = 60_000;

/** Writes down when keys are used, for each key once a minute at most, however many servers there are. */
export function createLastUses(prisma: PrismaClient, clock: Clock) {
  // Many requests of one program may come before the first of them has written.
  const writing = new Set<string>();
  return {
    /** Never rejects: a key is good without it, and the next use will be written. */
    async note(key: { readonly id: string; readonly lastRequest: Date | null }): Promise<void> {
      const now = clock.now();
      const before = new Date(now - LAST_USE_STEP_MS);
      if (writing.has(key.id) || (key.lastRequest !== null && key.lastRequest > before)) return;
      writing.add(key.id);
      await prisma.apiKey
        .updateMany({
          where: { id: key.id, OR: [{ lastRequest: null }, { lastRequest: { lte: before } }] },
          data: { lastRequest: new Date(now) },
        })
        .catch(() => {})
        .finally(() => writing.delete(key.id));
    },
  };
}
