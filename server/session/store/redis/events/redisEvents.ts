import { createRedisEventTarget } from "@graphql-yoga/redis-event-target";
import type { Redis } from "ioredis";
import type { SessionId } from "../../../../core/ids.ts";
import type { SessionEvents, SessionNotice } from "../../../ports.ts";
import type { SessionEvent } from "../../sessionEvent.ts";
import type { RedisConnection } from "../connectRedis.ts";
import { channelOf, SHARDS } from "../keys.ts";
import { parseEvent } from "./parseEvent.ts";
import { readVersions } from "./readVersions.ts";
import { VersionWatch } from "./versionWatch.ts";

export interface RedisEventsParts {
  readonly connection: Pick<RedisConnection, "client" | "subscriber">;
  /** As of the store; see keys.ts. */
  readonly shards?: number;
  /** Hears of listeners that threw, which costs only themselves. */
  readonly onListenerError: (error: unknown) => void;
}

export interface RedisEvents extends SessionEvents {
  /** Ends what runs by itself. The connection is its owner's to close. */
  close(): void;
}

/** What the event target uses of the client that it is given. */
interface SubscribeClient {
  on(event: "message", listener: (channel: string, text: string) => void): unknown;
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
}

type Listener = (notice: SessionNotice) => void;
interface Watched {
  readonly id: SessionId;
  readonly listeners: Set<Listener>;
  readonly handle: (event: CustomEvent<SessionEvent | null>) => void;
}

/**
 * The announcements of all servers that share a Redis: its scripts publish them, this hears them. However many listen
 * to a session here, Redis knows one subscription.
 *
 * Pub/sub forgets what it could not deliver. Whenever a subscription begins to hold, and every 1.5 s, the versions of
 * the sessions listened to are compared with the store; one that is ahead of what was heard gives a notice of it.
 */
export function createRedisEvents(parts: RedisEventsParts): RedisEvents {
  const { connection, shards = SHARDS, onListenerError } = parts;
  const { client, subscriber } = connection;
  /** By channel. */
  const watched = new Map<string, Watched>();
  const versions = new VersionWatch({
    read: (ids) => readVersions(client, ids, shards),
    onMissed: (sessionId, version) => {
      const session = watched.get(channelOf(sessionId, shards));
      if (session) tell(session, { kind: "missed", sessionId, version });
    },
  });
  // It has all that the target calls. A client itself would reject where nobody catches.
  const safe: SubscribeClient = subscriber;
  const target = createRedisEventTarget<CustomEvent<SessionEvent | null>>({
    // Nothing is dispatched here: the store's scripts publish, in the same step as the change.
    publishClient: client,
    subscribeClient: safe as Redis,
    serializer: { stringify: JSON.stringify, parse: parseEvent },
  });
  const look = (channel: string) => {
    const session = watched.get(channel);
    if (session) versions.lookAt(session.id);
  };
  subscriber.on("subscribed", look);

  function tell({ listeners }: Watched, notice: SessionNotice): void {
    for (const listener of listeners) {
      try {
        listener(notice);
      } catch (error) {
        onListenerError(error);
      }
    }
  }

  function watch(id: SessionId, channel: string): Watched {
    const session: Watched = {
      id,
      listeners: new Set(),
      handle({ detail: event }) {
        // Whatever else somebody published there is none of ours.
        if (event?.sessionId !== id) return;
        const before = versions.hear(id, event.version);
        // The first since the subscription: whether there were others just before it, nobody knows.
        const notice =
          before === null ? ({ kind: "missed", sessionId: id, version: event.version } as const) : event;
        tell(session, notice);
      },
    };
    watched.set(channel, session);
    versions.add(id);
    target.addEventListener(channel, session.handle);
    return session;
  }

  return {
    subscribe(id, listener) {
      const channel = channelOf(id, shards);
      const session = watched.get(channel) ?? watch(id, channel);
      // The same function may be given twice, and is then two listeners.
      const own: Listener = (notice) => listener(notice);
      session.listeners.add(own);
      return () => {
        session.listeners.delete(own);
        if (session.listeners.size > 0 || watched.get(channel) !== session) return;
        watched.delete(channel);
        versions.remove(id);
        target.removeEventListener(channel, session.handle);
      };
    },
    close() {
      subscriber.off("subscribed", look);
      versions.stop();
      for (const [channel, { handle }] of watched) target.removeEventListener(channel, handle);
      watched.clear();
    },
  };
}
