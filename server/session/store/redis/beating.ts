import type { RedisStore } from "./redisStore.ts";

/** A third of the time after which a shard counts as unwatched: two beats may be lost. */
const BEAT_MS = 1000;

/**
 * Says every second that this server watches the store, so that the time is known in which none did. `onError` hears of
 * a store that cannot be reached; the beats go on. Returns the function that stops them.
 */
export function keepBeating(
  store: Pick<RedisStore, "beat">,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const beat = () => {
    // Not one after the other: a node that does not answer must not make the others look unwatched.
    const one = store.beat().catch(onError);
    running.add(one);
    void one.then(() => running.delete(one));
  };
  const timer = setInterval(beat, BEAT_MS);
  beat();
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
  };
}
