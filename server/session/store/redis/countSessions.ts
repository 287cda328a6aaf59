import { dueKeys, SHARDS } from "./keys.ts";
import type { RedisClient } from "./scripts.ts";

/** How many sessions are kept, finished ones at hand included: each has a due time, its last one that of being forgotten. */
export async function countSessions(client: RedisClient): Promise<number> {
  const counts = await Promise.all(dueKeys(SHARDS).map((key) => client.zcard(key)));
  return counts.reduce((sum, count) => sum + count, 0);
}
