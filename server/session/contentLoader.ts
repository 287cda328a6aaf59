import type { QuizVersionId } from "../core/ids.ts";
import type { SessionContent } from "./domain/content.ts";
import type { ContentSource } from "./ports.ts";

/** How many contents stay in memory: about as many as quizzes are played at once on one server. */
const KEPT_CONTENTS = 500;

/** Brings the content of a version that a session plays. Rejects where it is not there. */
export type ContentLoader = (id: QuizVersionId) => Promise<SessionContent>;

/** Loads contents once: a version never changes. */
export function createContentLoader(contents: Pick<ContentSource, "load">): ContentLoader {
  return keep(KEPT_CONTENTS, async (id) => {
    const content = await contents.load(id);
    if (!content) throw new Error(`A session plays the quiz version ${id}, which is not there`);
    return content;
  });
}

/** Keeps the newest `limit` values that a promise brought; a failure is not kept. */
export function keep<Key, Value>(
  limit: number,
  load: (key: Key) => Promise<Value>,
): (key: Key) => Promise<Value> {
  const kept = new Map<Key, Promise<Value>>();
  return (key) => {
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const loading = load(key).catch((error: unknown) => {
      kept.delete(key);
      throw error;
    });
    kept.set(key, loading);
    const oldest = kept.keys().next();
    if (kept.size > limit && !oldest.done) kept.delete(oldest.value);
    return loading;
  };
}
