import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { journalKeys, SHARDS } from "../../server/session/store/redis/keys.ts";

const POLL_MS = 250;

/**
 * Waits until the workers have taken everything from the journal; resolves to how many streams are left with something
 * when the time is over.
 */
export async function untilJournalIsStored(redisUrl: string, timeoutMs: number): Promise<number> {
  const redis = new Redis(redisUrl);
  redis.on("error", () => {});
  try {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const waiting = await Promise.all(journalKeys(SHARDS).map((key) => isWaiting(redis, key)));
      const count = waiting.filter(Boolean).length;
      if (count === 0 || Date.now() > deadline) return count;
      await sleep(POLL_MS);
    }
  } finally {
    redis.disconnect();
  }
}

/** Whether the stream has entries that its group has not read, or not acknowledged. */
async function isWaiting(redis: Redis, key: string): Promise<boolean> {
  if ((await redis.exists(key)) === 0) return false;
  const stream = fieldsOf(await redis.xinfo("STREAM", key));
  const groups = (await redis.xinfo("GROUPS", key)) as unknown[];
  if (groups.length === 0) return Number(stream.get("length")) > 0;
  return groups.map(fieldsOf).some((group) => {
    if (Number(group.get("pending")) > 0) return true;
    return (
      group.get("last-delivered-id") !== stream.get("last-generated-id") && Number(stream.get("length")) > 0
    );
  });
}

function fieldsOf(reply: unknown): ReadonlyMap<unknown, unknown> {
  const list = Array.isArray(reply) ? (reply as unknown[]) : [];
  return new Map(list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]] as const] : [])));
}
