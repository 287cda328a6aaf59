import { type AttemptId, opaqueId } from "../../../../core/ids.ts";
import type { SessionFeed } from "../../../sessionFeed.ts";
import { createSessionFeed } from "../../../sessionFeed.ts";
import type { ChangeKind, FeedObserver } from "../../../sessionRoom.ts";
import { setupFor } from "../../contract/game.ts";
import type { LiveStore } from "../../liveStore.ts";
import { connectRedis, type RedisConnection } from "../connectRedis.ts";
import { createRedisStore, type RedisStore } from "../redisStore.ts";
import { createRedisEvents, type RedisEvents } from "./redisEvents.ts";

/** What a server has of Redis: a store, what it hears, and the feed made of both. */
export interface EventServer {
  readonly connection: RedisConnection;
  readonly store: RedisStore;
  readonly events: RedisEvents;
  readonly feed: SessionFeed;
  readonly listenerErrors: unknown[];
  readonly connectionErrors: Error[];
  stop(): void;
}

export async function startEventServer(url: string, observer?: FeedObserver): Promise<EventServer> {
  const listenerErrors: unknown[] = [];
  const connectionErrors: Error[] = [];
  const connection = await connectRedis(url, (error) => connectionErrors.push(error));
  const store = createRedisStore({ connection });
  const events = createRedisEvents({ connection, onListenerError: (error) => listenerErrors.push(error) });
  return {
    ...{ connection, store, events, listenerErrors, connectionErrors },
    feed: createSessionFeed(events, readerOf(store), observer),
    stop() {
      events.close();
      connection.close();
    },
  };
}

function readerOf(store: LiveStore) {
  return {
    byId: (id: Parameters<LiveStore["standings"]>[0]) => store.read({ id }),
    standings: store.standings.bind(store),
    attempt: store.attempt.bind(store),
    attempts: store.attempts.bind(store),
    ranks: store.ranks.bind(store),
  };
}

let codes = 500_000;

export async function openSession(store: LiveStore) {
  codes += 1;
  const setup = setupFor({ code: String(codes) });
  await store.create(setup);
  return setup;
}

export function join(
  store: LiveStore,
  { id }: Pick<ReturnType<typeof setupFor>, "id">,
  player: AttemptId = opaqueId(),
) {
  const name = player.slice(-12);
  return store.join(id, { id: player, userId: null, nickname: name, nicknameKey: name, alternatives: [] });
}

/** Collects the versions that a viewer is shown, until stopped. */
export function follow(
  feed: SessionFeed,
  id: ReturnType<typeof setupFor>["id"],
  kinds: readonly ChangeKind[],
) {
  const versions: number[] = [];
  const views = feed.watch(id, kinds);
  const over = (async () => {
    for await (const view of views) {
      const session = await view.session();
      if (session) versions.push(session.version);
    }
  })();
  return {
    versions,
    last: () => versions.at(-1),
    async stop() {
      await views.return();
      await over;
    },
  };
}
