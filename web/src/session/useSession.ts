import { type MaybeRefOrGetter, type Ref, readonly, type ShallowRef, shallowRef, toValue } from "vue";
import { useApi } from "../graphql/api.ts";
import { ServerTimeDocument, SessionUpdatedDocument } from "../graphql/generated/graphql.ts";
import { useLive } from "../graphql/useLive.ts";
import { watchConnection } from "../graphql/watchConnection.ts";
import { createServerClock, type ServerClock } from "./serverClock.ts";
import { sessionReducer } from "./sessionReducer.ts";
import type { LiveSession } from "./types.ts";

export interface UseSessionOptions {
  /** Also at changes of playerCount and answerCount, a few times a second: for the host. */
  counts?: boolean;
  /** With how the answers fell, once that may be known: for the projector. */
  results?: boolean;
  /** The only session to show: its code may belong to another one after it has ended. */
  onlyId?: MaybeRefOrGetter<string | undefined>;
}

export interface UseSession {
  session: Readonly<ShallowRef<LiveSession | undefined>>;
  /** What the server said instead of a session, e.g. that there is none; undefined while all is well. */
  error: Readonly<Ref<string | undefined>>;
  clock: ServerClock;
}

/** The session as it is now, and stays: kept up to date until the component is gone, through lost connections. */
export function useSession(
  code: MaybeRefOrGetter<string>,
  { counts = false, results = false, onlyId }: UseSessionOptions = {},
): UseSession {
  const api = useApi();
  const session = shallowRef<LiveSession>();
  const clock = createServerClock();

  const { error } = useLive({
    document: SessionUpdatedDocument,
    variables: () => ({ code: toValue(code), counts, results }),
    onData: ({ sessionUpdated }) => {
      clock.sample(sessionUpdated.serverTime);
      session.value = sessionReducer(session.value, sessionUpdated, toValue(onlyId));
    },
  });

  // Pushes only bound the clock from one side; one timed round trip per connection bounds it from the other.
  watchConnection(api.connection, async () => {
    const sentAt = Date.now();
    const { data } = await api.client.query(ServerTimeDocument, { code: toValue(code) }).toPromise();
    if (data?.session) clock.sample(data.session.serverTime, { sentAt });
  });

  return { session: readonly(session) as Readonly<ShallowRef<LiveSession | undefined>>, error, clock };
}
