import { Client, fetchExchange, type Operation, subscriptionExchange } from "@urql/core";
import { type Connection, createConnection } from "./connection.ts";
import { createHeldUp, type HeldUp } from "./heldUp.ts";
import { socketPayload } from "./payload.ts";

export interface Api {
  client: Client;
  connection: Connection;
  heldUp: HeldUp;
}

/** Set in an operation's context, it sends a mutation over the open WebSocket: no new connection on a slow network. */
export const overWebSocket = { overWebSocket: true };

const httpTimeoutMs = 10_000;

/** A request that never returns is worse than one that fails: failing ones are retried or shown. */
const fetchWithTimeout: typeof fetch = async (input, init) => {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, httpTimeoutMs);
  init?.signal?.addEventListener("abort", abort);
  try {
    return await fetch(input, { ...init, signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
};

/**
 * A GraphQL client: queries and mutations by HTTP, subscriptions by WebSocket, no cache. With a player's token it acts
 * for that player; without one, for whoever is signed in by the browser's cookie.
 */
export function createApi(token?: string): Api {
  const connection = createConnection(token);
  const goesOverWebSocket = (operation: Operation) =>
    operation.kind === "subscription" ||
    (operation.context["overWebSocket"] === true && connection.state.value === "open");
  const client = new Client({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "network-only",
    fetch: fetchWithTimeout,
    fetchOptions:
      token === undefined
        ? { credentials: "same-origin" }
        : { credentials: "omit", headers: { authorization: `Bearer ${token}` } },
    exchanges: [
      subscriptionExchange({
        isSubscriptionOperation: goesOverWebSocket,
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: connection.ws.subscribe(socketPayload(request), {
              next: ({ data = null, errors }) =>
                sink.next({ data, ...(errors ? { errors: [...errors] } : {}) }),
              error: (reason) => sink.error(reason),
              complete: () => sink.complete(),
            }),
          }),
        }),
      }),
      fetchExchange,
    ],
  });
  return { client, connection, heldUp: createHeldUp() };
}

/** For pages that act for the signed-in user, or for nobody. */
export const api = createApi();

/** Provided to every component by App. */
export const client = api.client;
/** Drops the socket, so that the next one is opened as whoever is signed in by then. */
export const reconnect = () => api.connection.ws.terminate();
