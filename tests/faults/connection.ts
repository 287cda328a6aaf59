import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient, type ExecutionResult } from "graphql-ws";
import WebSocket from "ws";
import type { Variables } from "../fixtures/apiClient.ts";
import type { Records } from "./records.ts";

const FIRST_MS = 100;
const BASE_MS = 250;
const CAP_MS = 5000;
const PING_MS = 3000;
const PONG_MS = 2500;
/** Without any reply for so long, a client takes its connection for lost. */
const SILENCE_MS = 12_000;

/** As the web app waits: full jitter, almost at once the first time, then up to 250 ms, 500 ms, … 5 s. */
export function retryDelay(retries: number): number {
  if (retries === 0) return Math.random() * FIRST_MS;
  return Math.random() * Math.min(CAP_MS, BASE_MS * 2 ** (retries - 1));
}

export interface Connection {
  readonly client: Client;
  /** For how long the connection has been there, in milliseconds; 0 while it is not. */
  readonly age: number;
}

/** A connection that comes back for ever, and takes a link that answers no pings for lost. */
export function connectForEver(url: string, token: string | null, records: Records): Connection {
  let pong: NodeJS.Timeout | undefined;
  let since: number | null = null;
  let socket: WebSocket | undefined;
  const client = createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    ...(token !== null && { connectionParams: { Authorization: `Bearer ${token}` } }),
    keepAlive: PING_MS,
    connectionAckWaitTimeout: 5000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => sleep(retryDelay(retries)),
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      connected: () => {
        records.connections += 1;
        since = performance.now();
      },
      ping: (received) => {
        if (received) return;
        clearTimeout(pong);
        pong = setTimeout(() => client.terminate(), PONG_MS);
      },
      message: () => clearTimeout(pong),
      closed: () => {
        clearTimeout(pong);
        // What a server that was given up had still on its way would be taken for news of the next one.
        if (socket) socket.onmessage = null;
        since = null;
      },
    },
  });
  return {
    client,
    get age() {
      return since === null ? 0 : performance.now() - since;
    },
  };
}

/** Errors after which the same operation is sent again: nothing was lost, and all operations may be repeated. */
const AGAIN = new Set<unknown>(["UNAVAILABLE", "INTERNAL_SERVER_ERROR"]);

interface GivenError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The code of the first error, where asking again is what it says; throws where it says something else. */
function codeToRetry(errors: readonly GivenError[]): string {
  const [first] = errors;
  const code = first?.extensions?.["code"];
  if (typeof code === "string" && AGAIN.has(code)) return code;
  throw new Error(`${String(code)}: ${first?.message}`);
}

export interface Asking {
  readonly records: Records;
  readonly signal: AbortSignal;
}

/** Sends an operation over the socket until it is answered; null where `signal` ends the waiting. */
export async function insist<Data>(
  connection: Connection,
  query: string,
  variables: Variables,
  { records, signal }: Asking,
): Promise<Data | null> {
  const { client } = connection;
  for (let retries = 0; !signal.aborted; retries++) {
    // A client sends again by itself what was not answered when its connection broke.
    const sent = performance.now();
    const silence = setInterval(() => {
      if (Math.min(performance.now() - sent, connection.age) < SILENCE_MS) return;
      records.silences += 1;
      client.terminate();
    }, SILENCE_MS / 4);
    try {
      const result = await once<Data>(client, query, variables);
      if (!result.errors) return result.data ?? null;
      records.retry(codeToRetry(result.errors), query);
    } catch (error) {
      if (error instanceof Error) throw error;
      // GraphQL errors before there is a result, or an end of the connection that the client takes for final.
      if (isErrors(error)) records.retry(codeToRetry(error), query);
      else records.closed(closeCodeOf(error));
    } finally {
      clearInterval(silence);
    }
    await sleep(retryDelay(retries), undefined, { signal }).catch(() => {});
  }
  return null;
}

const isErrors = (error: unknown): error is readonly GivenError[] => Array.isArray(error);

function closeCodeOf(error: unknown): string {
  return error instanceof Object && "code" in error ? String(error.code) : "unknown";
}

function once<Data>(client: Client, query: string, variables: Variables): Promise<ExecutionResult<Data>> {
  return new Promise((resolve, reject) => {
    let result: ExecutionResult<Data> | undefined;
    client.subscribe<Data>(
      { query, variables: { ...variables } },
      {
        next: (value) => {
          result = value as ExecutionResult<Data>;
        },
        error: reject,
        complete: () => (result ? resolve(result) : reject({ code: "nothing" })),
      },
    );
  });
}

/** Follows a subscription until `onData` says that it is done; subscribes again whenever it ends with an error. */
export async function follow<Data>(
  client: Client,
  subscription: { readonly query: string; readonly variables: Variables },
  onData: (data: Data) => "go on" | "done",
  { records, signal }: Asking,
): Promise<void> {
  const { query, variables } = subscription;
  for (let retries = 0; !signal.aborted; retries++) {
    try {
      for await (const { data, errors } of client.iterate<Data>({ query, variables: { ...variables } })) {
        if (errors) records.retry(codeToRetry(errors), query);
        else if (data) {
          retries = 0;
          if (onData(data) === "done") return;
        }
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Error) throw error;
      if (isErrors(error)) records.retry(codeToRetry(error), query);
      else records.closed(closeCodeOf(error));
    }
    await sleep(retryDelay(retries), undefined, { signal }).catch(() => {});
  }
}

const HTTP_TIMEOUT_MS = 15_000;

/** Sends an operation over HTTP until it is answered; null where `signal` ends the waiting. */
export async function insistByHttp<Data>(
  url: string,
  operation: { readonly query: string; readonly variables: Variables; readonly token?: string },
  { records, signal }: Asking,
): Promise<Data | null> {
  const { query, variables, token } = operation;
  for (let retries = 0; !signal.aborted; retries++) {
    const reply = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(HTTP_TIMEOUT_MS)]),
    })
      .then((response) => response.json() as Promise<ExecutionResult<Data>>)
      // No reply, or one of the balancer that says that nobody is there.
      .catch(() => null);
    if (reply?.errors) records.retry(codeToRetry(reply.errors), query);
    else if (reply?.data) return reply.data;
    await sleep(retryDelay(retries), undefined, { signal }).catch(() => {});
  }
  return null;
}
