import { StartError } from "../core/startError.ts";
import type { Observability } from "../observability/observability.ts";
import { connectRedis, type RedisConnection } from "../session/store/redis/connectRedis.ts";
import { SHARDS, journalKeys as streamsOf } from "../session/store/redis/keys.ts";
import { readMemory } from "../session/store/redis/memory.ts";

/** The journal's streams. Every server and worker of one Redis has the same ones. */
export const STREAMS = streamsOf(SHARDS);

/** Connects to the Redis that servers share. Throws a StartError where it is not there. */
export async function openRedis(
  url: string,
  { logger, outages, metrics }: Observability,
): Promise<RedisConnection> {
  try {
    const connection = await connectRedis(url, outages.of("redis").fails);
    metrics.parts.redisMemory({
      used: async () => (await readMemory(connection.client)).used,
      limit: async () => (await readMemory(connection.client)).limit,
    });
    logger.info({ cluster: connection.sharded }, "connected to Redis");
    return connection;
  } catch (error) {
    const { host } = new URL(url);
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The Redis at ${host} cannot be reached (${reason.replaceAll(/\s+/g, " ")}).`);
  }
}
