import { Cluster, Redis, type RedisOptions } from "ioredis";
import type { RedisClient } from "./scripts.ts";

export interface RedisConnection {
  readonly client: RedisClient;
  /** Whether it is a cluster: announcements then go by sharded pub/sub. */
  readonly sharded: boolean;
  close(): void;
}

/**
 * Waiting is bounded: a command that gets no reply in this time fails, and so does one sent while there is no
 * connection. Nothing queues up for a Redis that is away. What was sent and not answered when a connection broke is sent
 * again, once; the scripts are made so that this changes nothing.
 */
const LIMITS = {
  commandTimeout: 5000,
  connectTimeout: 5000,
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  retryStrategy: (tries: number) => Math.min(50 * 2 ** Math.min(tries, 6), 1000),
} as const satisfies RedisOptions;

/**
 * Connects to the Redis at `url`; finds out whether it is a cluster, and then connects to all of it. Rejects where it is
 * not there. `onError` hears of broken connections, which come back by themselves.
 */
export async function connectRedis(url: string, onError: (error: Error) => void): Promise<RedisConnection> {
  const single = new Redis(url, { ...LIMITS, lazyConnect: true });
  single.on("error", onError);
  try {
    await single.connect();
    const sharded = (await single.info("cluster")).includes("cluster_enabled:1");
    if (!sharded) return { client: single, sharded, close: () => single.disconnect() };
    const { host, port, username, password, tls } = single.options;
    const login = {
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
      ...(tls ? { tls } : {}),
    };
    const cluster = new Cluster([{ host: host ?? "127.0.0.1", port: port ?? 6379 }], {
      lazyConnect: true,
      enableOfflineQueue: false,
      shardedSubscribers: true,
      redisOptions: { ...LIMITS, ...login },
    });
    cluster.on("error", onError);
    await cluster.connect();
    single.disconnect();
    return { client: cluster, sharded, close: () => cluster.disconnect() };
  } catch (error) {
    single.disconnect();
    throw error;
  }
}
