import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "../observability/logger.ts";
import type { ExportRoute } from "./exports.ts";
import { type Health, sendLiveness, sendReadiness } from "./health.ts";
import type { RefuseRequest } from "./limits/index.ts";
import { type MetricsPage, sendMetrics } from "./metricsPage.ts";
import { setSecurityHeaders } from "./securityHeaders.ts";
import type { StaticFiles } from "./staticFiles.ts";

export interface HttpOptions {
  /** Answers what was asked of GraphQL. */
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** The web app: files, and `/index.html` for every page of it. */
  readonly web: StaticFiles;
  /** The playground's files, its page being `/index.html`; served under /graphql/. */
  readonly playground: StaticFiles;
  readonly health: Health;
  readonly metrics: MetricsPage;
  /** Undefined: there is nothing to export. */
  readonly exports: ExportRoute | undefined;
  readonly isStopping: () => boolean;
  readonly logger: Logger;
  /** Where browsers reach the server; with https, they are told to stay with it. */
  readonly publicUrl: string;
  readonly playgroundIsOpen: boolean;
  /** What a request to GraphQL is held to before it is read: each says whether it has refused, and answered, it. */
  readonly refusals: readonly RefuseRequest[];
}

/** The one HTTP server: GraphQL, its playground, health, and the web app. */
export function createHttpServer(options: HttpOptions): Server {
  return createServer({ requestTimeout: 30_000, keepAliveTimeout: 65_000 }, (request, response) => {
    handle(options, request, response).catch((error: unknown) => {
      options.logger.error({ err: error, path: pathOf(request) }, "http: a request failed");
      if (!response.headersSent) sendText(response, 500, "Something went wrong on our side.");
      else response.destroy();
    });
  });
}

async function handle(
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  const isPlayground = path === "/graphql" || path?.startsWith("/graphql/") === true;
  setSecurityHeaders(response, isPlayground ? "playground" : "app", options.publicUrl.startsWith("https:"));
  if (path === null) return sendText(response, 400, "This is no address.");
  if (path === "/graphql" && !wantsPlayground(request)) {
    for (const refuses of options.refusals) if (await refuses(request, response)) return;
    return options.graphql(request, response);
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return sendText(response, 405, "Only reading is possible here.");
  }
  if (path === "/health/live") return sendLiveness(response);
  if (path === "/health/ready") return sendReadiness(response, options.health, options.isStopping());
  if (path === "/metrics" && (await sendMetrics(options.metrics, request, response))) return;
  if (path.startsWith("/export/") && options.exports) return options.exports(path, request, response);
  if (path.startsWith("/health") || path === "/metrics")
    return sendText(response, 404, "There is nothing here.");
  const found = path.startsWith("/graphql")
    ? servePlayground(options, path, request, response)
    : serveApp(options, path, request, response);
  if (!found) sendText(response, 404, "There is nothing here.");
}

function serveApp(
  { web }: HttpOptions,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  // A page of the app, not a file of it: its router knows what to show.
  const isPage = !/\.[a-z0-9]+$/i.test(path) && !path.startsWith("/assets/");
  return web.serve(path, request, response) || (isPage && web.serve("/index.html", request, response));
}

function servePlayground(
  { playground, playgroundIsOpen }: HttpOptions,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (!playgroundIsOpen) return false;
  return playground.serve(
    path === "/graphql" ? "/index.html" : path.slice("/graphql".length),
    request,
    response,
  );
}

/** A browser that was pointed at /graphql, and not a program that sends a query by GET or asks for SSE. */
function wantsPlayground({ method, url, headers }: IncomingMessage): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  return headers.accept?.includes("text/html") === true && !/[?&]query=/.test(url ?? "");
}

/** The path, decoded; null where it is not one. */
function pathOf({ url = "/" }: IncomingMessage): string | null {
  const [path = "/"] = url.split("?");
  if (!path.startsWith("/")) return null;
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
  response.end(`${text}\n`);
}
