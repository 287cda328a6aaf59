import type { GraphQLSchema } from "graphql";
import type { Logger } from "./observability/logger.ts";
import { createExecution, type TransportContextFactory } from "./transport/execution.ts";
import type { Readiness } from "./transport/health.ts";
import { createHttpServer } from "./transport/http.ts";
import { listen } from "./transport/listen.ts";
import { readStaticFiles } from "./transport/staticFiles.ts";
import { attachWebSockets } from "./transport/ws.ts";

export interface AppParts {
  readonly schema: GraphQLSchema;
  readonly createContext: TransportContextFactory;
  readonly readiness: Readiness;
  readonly logger: Logger;
  /** Where browsers reach the server, without a slash at the end. */
  readonly publicUrl: string;
  /** Built by Vite: the web app, and the playground. */
  readonly folders: { readonly web: string; readonly playground: string };
  readonly port: number;
  readonly host: string | undefined;
}

export interface App {
  /** Resolves when the server listens; throws a StartError where the port cannot be had. */
  start(): Promise<{ port: number }>;
  /** Sends clients away to come back later, lets requests finish, and resolves when all connections are closed. */
  stop(): Promise<void>;
  /** How many WebSockets are connected. */
  readonly clientCount: number;
}

/** How long requests and clients get to end by themselves. */
const GRACE_MS = 2_000;

/** Everything that listens. What it serves comes in as parts, so that tests can start the same app on a free port. */
export function createApp(parts: AppParts): App {
  const { logger, publicUrl, schema, createContext } = parts;
  let stopping = false;
  const execution = createExecution({
    schema,
    createContext,
    publicUrl,
    report: (error, requestId) => logger.error({ err: error, requestId }, "an operation failed"),
  });
  const http = createHttpServer({
    execution,
    web: readStaticFiles(parts.folders.web),
    playground: readStaticFiles(parts.folders.playground),
    readiness: parts.readiness,
    isStopping: () => stopping,
    logger,
  });
  const sockets = attachWebSockets(http, { execution, publicUrl, logger });
  let stopped: Promise<void> | undefined;

  async function end(): Promise<void> {
    stopping = true;
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    http.closeIdleConnections();
    const impatient = setTimeout(() => http.closeAllConnections(), GRACE_MS);
    await sockets.stop(GRACE_MS);
    await closed;
    clearTimeout(impatient);
  }

  return {
    get clientCount() {
      return sockets.count;
    },
    start: () => listen(http, parts.port, parts.host),
    stop() {
      stopped ??= end();
      return stopped;
    },
  };
}
