import { type Client, createClient } from "graphql-ws";
import { type Ref, readonly, ref } from "vue";
import { createBackoff, sleepUntilAwake } from "./retry.ts";

/** `connecting`: for the first time. `away`: it was there, or should be, and is being fetched back. */
export type ConnectionState = "connecting" | "open" | "away";

export interface Connection {
  ws: Client;
  state: Readonly<Ref<ConnectionState>>;
  /** Leaves for good; used when the page changes its player. */
  close: () => void;
}

const pingEveryMs = 12_000;
const pongWithinMs = 5_000;

export function webSocketUrl(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`;
}

/**
 * One WebSocket that comes back for ever: full jitter, at once when the device is online or looked at again, and a
 * link that no longer answers pings counts as lost.
 */
export function createConnection(token?: string): Connection {
  const state = ref<ConnectionState>("connecting");
  let socket: WebSocket | undefined;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;

  const backoff = createBackoff();

  const expectPong = () => {
    clearTimeout(pongTimer);
    pongTimer = setTimeout(() => ws.terminate(), pongWithinMs);
  };

  const ws = createClient({
    url: webSocketUrl(),
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => sleepUntilAwake(backoff.delay(retries)),
    shouldRetry: () => true,
    ...(token === undefined ? {} : { connectionParams: { Authorization: `Bearer ${token}` } }),
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      connected: () => {
        backoff.opened();
        state.value = "open";
      },
      message: () => clearTimeout(pongTimer),
      ping: (received) => {
        if (!received) expectPong();
      },
      closed: (event) => {
        clearTimeout(pongTimer);
        // What a server that was given up had still on its way would be taken for news of the next one.
        if (socket !== undefined) socket.onmessage = null;
        socket = undefined;
        // 1000 is our own, orderly leaving of an unused connection.
        const { code } = event as CloseEvent;
        backoff.closed(code);
        state.value = code === 1000 ? "connecting" : "away";
      },
    },
  });

  // After a screen lock the socket may look open though nobody is at the other end: ask at once.
  const probe = () => {
    if (document.visibilityState !== "visible" || socket?.readyState !== WebSocket.OPEN) return;
    socket.send('{"type":"ping"}');
    expectPong();
  };
  const lose = () => {
    if (socket !== undefined) ws.terminate();
  };
  document.addEventListener("visibilitychange", probe);
  window.addEventListener("online", probe);
  window.addEventListener("offline", lose);

  return {
    ws,
    state: readonly(state),
    close: () => {
      document.removeEventListener("visibilitychange", probe);
      window.removeEventListener("online", probe);
      window.removeEventListener("offline", lose);
      clearTimeout(pongTimer);
      void ws.dispose();
    },
  };
}
