import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { journalKeys, SHARDS } from "../../server/session/store/redis/keys.ts";

const POLL_MS = 250;

/**
 * Waits until the workers have taken everything from the journal; resolves to the streams that are left with something
 * when the time is over, and how they are.
 */
export async function untilJournalIsStored(redisUrl: string, timeoutMs: number): Promise<readonly string[]> {
  const redis = new Redis(redisUrl);
  redis.on("error", () => {});
  try {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = await Promise.all(journalKeys(SHARDS).map((key) => waitingIn(redis, key)));
      const waiting = found.filter((text) => text !== null);
      if (waiting.length === 0 || Date.now() > deadline) return waiting;
      await sleep(POLL_MS);
    }
  } finally {
    redis.disconnect();
  }
}

/** What the stream has that its group has not read, or not acknowledged; null where that is nothing. */
async function waitingIn(redis: Redis, key: string): Promise<string | null> {
  if ((await redis.exists(key)) === 0) return null;
  const stream = fieldsOf(await redis.xinfo("STREAM", key));
  const length = Number(stream.get("length"));
  const [group] = ((await redis.xinfo("GROUPS", key)) as unknown[]).map(fieldsOf);
  if (!group) return length > 0 ? `${key}: ${length} entries and no group` : null;
  const isRead = length === 0 || group.get("last-delivered-id") === stream.get("last-generated-id");
  if (isRead && Number(group.get("pending")) === 0) return null;
  const consumers = ((await redis.xinfo("CONSUMERS", key, "postgres")) as unknown[]).map(fieldsOf);
  const of = consumers.map(
    (consumer) =>
      `${consumer.get("name")} has ${consumer.get("pending")}, idle for ${consumer.get("idle")} ms`,
  );
  return `${key}: ${group.get("pending")} pending, ${group.get("lag")} unread; ${of.join("; ")}`;
}

function fieldsOf(reply: unknown): ReadonlyMap<unknown, unknown> {
  const list = Array.isArray(reply) ? (reply as unknown[]) : [];
  return new Map(list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]] as const] : [])));
}
