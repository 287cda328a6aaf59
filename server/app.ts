import type { GraphQLSchema } from "graphql";
import { createErrorReports } from "./observability/errorReports.ts";
import type { Observability } from "./observability/observability.ts";
import { maskRequestError } from "./transport/errorMasking.ts";
import { createExecution, type TransportContextFactory } from "./transport/execution.ts";
import { createExportRoute, type ExportDesk } from "./transport/exports.ts";
import { createHealth, type Parts } from "./transport/health.ts";
import { createHttpServer } from "./transport/http.ts";
import { createHttpFarewell } from "./transport/httpFarewell.ts";
import { createJsonPosts } from "./transport/jsonPosts.ts";
import {
  createBodyLimit,
  createProtection,
  limitStreams,
  type Protection,
} from "./transport/limits/index.ts";
import { listen } from "./transport/listen.ts";
import { createSharedExecution } from "./transport/sharedExecution/index.ts";
import { pause } from "./transport/spread.ts";
import { readStaticFiles } from "./transport/staticFiles.ts";
import { attachWebSockets } from "./transport/ws.ts";

/** How a server leaves others to carry on: what each step may take, in milliseconds. */
export interface DrainTimes {
  /** For so long everything works as before, new clients included, while readiness says that the server stops. */
  readonly notReadyMs: number;
  /** After that, clients are sent away one by one over this time. */
  readonly spreadMs: number;
  /** Of all that together, from the beginning on; who is still connected then is cut off. */
  readonly graceMs: number;
}

export interface AppParts {
  readonly schema: GraphQLSchema;
  readonly createContext: TransportContextFactory;
  /** What can be fetched as files. */
  readonly exports?: ExportDesk;
  /** What the server works with, to be asked whether it is up. */
  readonly parts: Parts;
  readonly observability: Omit<Observability, "stop">;
  /** What programs must show to read /metrics; null: only programs on this machine may. */
  readonly metricsToken: string | null;
  /** Where browsers reach the server, without a slash at the end. */
  readonly publicUrl: string;
  /** Against callers who ask too much or too fast; without, as by default. */
  readonly protection?: Protection;
  /** Built by Vite: the web app, and the playground. */
  readonly folders: { readonly web: string; readonly playground: string };
  readonly port: number;
  readonly host: string | undefined;
  /** For `drain()`, where a load balancer sends clients to other servers; without it, that is the same as `stop()`. */
  readonly drain?: DrainTimes;
}

export interface App {
  /** Resolves when the server listens; throws a StartError where the port cannot be had. */
  start(): Promise<{ port: number }>;
  /**
   * Leaves in such a way that players hardly notice: says that it is not ready, waits until balancers know it, takes no
   * more connections, sends clients away one by one, answers what was asked. Resolves when nobody is connected.
   */
  drain(): Promise<void>;
  /** The same at once, with two seconds of grace; it also cuts a drain short. */
  stop(): Promise<void>;
  /** How many WebSockets are connected. */
  readonly clientCount: number;
}

/** Nobody waits for anything but the answers that are under way. */
const AT_ONCE: DrainTimes = { notReadyMs: 0, spreadMs: 0, graceMs: 2_000 };

/** Everything that listens. What it serves comes in as parts, so that tests can start the same app on a free port. */
export function createApp(parts: AppParts): App {
  const { observability, publicUrl, schema, createContext, protection = createProtection() } = parts;
  const { logger, metrics, outages, tracer } = observability;
  let stopping = false;
  const report = createErrorReports(logger);
  const shared = createSharedExecution({ maskError: maskRequestError(report), observer: metrics.operations });
  metrics.shared.follow({
    operations: () => shared.groups,
    followers: () => shared.members,
    behind: () => shared.behind,
  });
  const execution = createExecution({
    schema,
    createContext,
    publicUrl,
    report,
    recorders: metrics,
    tracer,
    shared,
    protection,
  });
  const health = createHealth(parts.parts, {
    onChecked: (part, error) => (error === null ? outages.of(part).works() : outages.of(part).fails(error)),
  });
  metrics.parts.reached(async () => (await health.read()).parts);
  const http = createHttpServer({
    graphql: createJsonPosts(execution, { publicUrl, protection }),
    web: readStaticFiles(parts.folders.web),
    playground: readStaticFiles(parts.folders.playground),
    health,
    metrics: { registry: metrics.registry, token: parts.metricsToken },
    exports: parts.exports && createExportRoute({ desk: parts.exports, createContext, logger }),
    isStopping: () => stopping,
    logger,
    publicUrl,
    playgroundIsOpen: protection.playground,
    refusals: [
      limitStreams(protection),
      createBodyLimit({
        isSignedIn: async (headers) => (await createContext({ headers })).identity?.kind === "user",
      }),
    ],
  });
  const sockets = attachWebSockets(http, {
    execution,
    shared,
    publicUrl,
    logger,
    recorder: metrics.sockets,
    protection,
  });
  const farewell = createHttpFarewell(http);
  const hurry = new AbortController();
  const enough = new AbortController();
  let stopped: Promise<void> | undefined;

  async function end({ notReadyMs, spreadMs, graceMs }: DrainTimes): Promise<void> {
    stopping = true;
    const impatient = setTimeout(() => enough.abort(), graceMs);
    if (notReadyMs > 0) farewell.keepNoConnections();
    await pause(notReadyMs, hurry.signal);
    const terms = { spreadMs, hurry: hurry.signal, enough: enough.signal };
    await Promise.all([farewell.stop(terms), sockets.stop(terms)]);
    clearTimeout(impatient);
  }

  return {
    get clientCount() {
      return sockets.count;
    },
    start: () => listen(http, parts.port, parts.host),
    drain() {
      stopped ??= end(parts.drain ?? AT_ONCE);
      return stopped;
    },
    async stop() {
      stopped ??= end(AT_ONCE);
      hurry.abort();
      const impatient = setTimeout(() => enough.abort(), AT_ONCE.graceMs);
      await stopped;
      clearTimeout(impatient);
    },
  };
}
