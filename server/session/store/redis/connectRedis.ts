import { Cluster, Redis, type RedisOptions } from "ioredis";
import { watchLinks } from "./events/linkWatch.ts";
import { slotOf } from "./events/slots.ts";
import { Subscriber } from "./events/subscriber.ts";
import type { RedisClient } from "./scripts.ts";

export interface RedisConnection {
  readonly client: RedisClient;
  /** Whether it is a cluster: announcements then go by sharded pub/sub. */
  readonly sharded: boolean;
  /** Subscriptions, on connections of their own, made when there is something to subscribe. */
  readonly subscriber: Subscriber;
  /**
   * One more connection, for reads that block, for at most 5 s each. Its commands have no other limit than that a dead
   * connection is found within about 10 s, and they fail at once while there is none. Ended by its `disconnect`, or by
   * `close` here.
   */
  duplicate(): RedisClient;
  /** Whether Redis, every master of a cluster, replies within this time. Never rejects. */
  isUp(timeoutMs: number): Promise<boolean>;
  close(): void;
}

/** Milliseconds until the next try: soon, because a game waits, and not for all servers at the same moment. */
const retryDelay = (tries: number) => Math.min(50 * 2 ** Math.min(tries, 5), 800) * (0.5 + Math.random() / 2);

/** Of every connection. */
const ALL = {
  connectTimeout: 3000,
  // A dead connection does not answer a goodbye either.
  disconnectTimeout: 200,
  enableOfflineQueue: false,
  disableClientInfo: true,
  maxLoadingRetryTime: 500,
  retryStrategy: retryDelay,
} as const satisfies RedisOptions;

/** Whose commands may block. */
const BLOCKING = { ...ALL, maxRetriesPerRequest: 1 } as const satisfies RedisOptions;

/**
 * Waiting is bounded: a command that gets no reply in this time fails, and so does one sent while there is no
 * connection. Nothing queues up for a Redis that is away. What was sent and not answered when a connection broke is sent
 * again, once; the scripts are made so that this changes nothing.
 */
const LIMITS = { ...BLOCKING, commandTimeout: 5000 } as const satisfies RedisOptions;

/** Of subscriptions: see SubscriberLink, which does itself what is switched off here. */
const SUBSCRIBING = {
  ...ALL,
  maxRetriesPerRequest: null,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
} as const satisfies RedisOptions;

/** Signs of life that may be missed, one a second. A reply behind a read that blocks comes when that ends. */
const PATIENCE = 3;
const PATIENCE_WHILE_BLOCKING = 8;

/** How often a cluster is asked which node has what, in milliseconds; beside whenever a node sends us elsewhere. */
const SLOTS_REFRESH_MS = 5000;

/**
 * Connects to the Redis at `url`; finds out whether it is a cluster, and then connects to all of it. Rejects where it is
 * not there. From then on connections come back by themselves, for ever. `onError` hears once of each outage of each.
 */
export async function connectRedis(url: string, onError: (error: Error) => void): Promise<RedisConnection> {
  const single = new Redis(url, { ...LIMITS, lazyConnect: true });
  reportOutages(single, onError);
  try {
    await single.connect();
    const sharded = (await single.info("cluster")).includes("cluster_enabled:1");
    if (!sharded) return assemble(overSingle(url, single, onError));
    const over = overCluster(single.options, onError);
    await over.client.connect();
    single.disconnect();
    return assemble(over);
  } catch (error) {
    single.disconnect();
    throw error;
  }
}

/** What differs between one Redis and a cluster. */
interface Over {
  readonly client: RedisClient;
  readonly subscriber: Subscriber;
  readonly duplicate: () => RedisClient;
  readonly onError: (error: Error) => void;
}

function overSingle(url: string, client: Redis, onError: (error: Error) => void) {
  const connect = (options: RedisOptions) => reportOutages(new Redis(url, options), onError);
  const subscriber = new Subscriber({
    sharded: false,
    connect: () => connect(SUBSCRIBING),
    nodeOf: () => "the only one",
    refresh: () => {},
  });
  return { client, subscriber, duplicate: () => connect(BLOCKING), onError };
}

function overCluster({ host, port, username, password, tls }: RedisOptions, onError: (error: Error) => void) {
  const login = {
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(tls ? { tls } : {}),
  };
  const start = [{ host: host ?? "127.0.0.1", port: port ?? 6379 }];
  const connect = (options: RedisOptions, lazyConnect: boolean) => {
    const cluster = new Cluster(start, {
      lazyConnect,
      enableOfflineQueue: false,
      clusterRetryStrategy: retryDelay,
      slotsRefreshInterval: SLOTS_REFRESH_MS,
      redisOptions: { ...options, ...login },
    });
    return reportOutages(cluster, onError);
  };
  const client = connect(LIMITS, true);
  const subscriber = new Subscriber({
    sharded: true,
    connect(node) {
      const at = node.lastIndexOf(":");
      const place = { host: node.slice(0, at), port: Number(node.slice(at + 1)) };
      return reportOutages(new Redis({ ...SUBSCRIBING, ...login, ...place }), onError);
    },
    nodeOf: (channel) => client.slots[slotOf(channel)]?.[0] ?? null,
    refresh: () => client.refreshSlotsCache(),
  });
  client.on("refresh", () => subscriber.rebalance());
  return { client, subscriber, duplicate: () => connect(BLOCKING, false), onError };
}

function assemble({ client, subscriber, duplicate, onError }: Over): RedisConnection {
  const duplicates = new Set<RedisClient>();
  const stops = [
    watchLinks({
      links: () => [...linksOf(client), ...subscriber.connections()],
      patience: PATIENCE,
      onDead: onError,
    }),
    watchLinks({
      links: () => [...duplicates].flatMap(linksOf),
      patience: PATIENCE_WHILE_BLOCKING,
      onDead: onError,
    }),
  ];
  return {
    client,
    sharded: client instanceof Cluster,
    subscriber,
    duplicate() {
      const another = duplicate();
      duplicates.add(another);
      another.on("end", () => duplicates.delete(another));
      return another;
    },
    isUp: (timeoutMs) => replies(client, timeoutMs),
    close() {
      for (const stop of stops) stop();
      subscriber.close();
      for (const another of duplicates) another.disconnect();
      client.disconnect();
    },
  };
}

function linksOf(client: RedisClient): readonly Redis[] {
  return client instanceof Cluster ? client.nodes() : [client];
}

async function replies(client: RedisClient, timeoutMs: number): Promise<boolean> {
  const nodes = client instanceof Cluster ? client.nodes("master") : [client];
  if (client.status !== "ready" || nodes.length === 0) return false;
  const asked = Promise.all(nodes.map((node) => node.ping())).then(
    () => true,
    () => false,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Tells the first error of each outage, not each failed try. */
function reportOutages<Client extends RedisClient>(client: Client, onError: (error: Error) => void): Client {
  let told = false;
  const report = (error: Error) => {
    if (told) return;
    told = true;
    onError(error);
  };
  client.on("ready", () => {
    told = false;
  });
  client.on("error", report);
  return client;
}
