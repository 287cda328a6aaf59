import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as others } from "node:timers/promises";
import type { UserId } from "../core/ids.ts";
import {
  ForbiddenError,
  RateLimitedError,
  Refusal,
  UnauthenticatedError,
  ValidationError,
} from "../core/refusals.ts";
import { refuseKeysWithout } from "../graphql/identity.ts";
import type { Logger } from "../observability/logger.ts";
import type { TransportContextFactory } from "./execution.ts";

/** A file that is written while it is read. */
interface OpenedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly chunks: AsyncIterable<string | Uint8Array>;
}

/** What knows the exports: see server/export. `Request` is its own affair. */
export interface ExportDesk<Request = unknown> {
  read(name: string, parameters: URLSearchParams): Request;
  /** Null where the token is not, or no longer, good for a file of this name. */
  follow(name: string, token: string): Promise<{ readonly userId: UserId; readonly request: Request } | null>;
  open(userId: UserId, request: Request): Promise<OpenedFile>;
  dictionaryFile(format: "csv" | "json"): { readonly contentType: string; readonly text: string };
}

export interface ExportRouteOptions<Request> {
  readonly desk: ExportDesk<Request>;
  readonly createContext: TransportContextFactory;
  readonly logger: Logger;
  /** A reader who takes nothing for so long has gone, whatever the network says; in milliseconds. */
  readonly stalledMs?: number;
}

/** Sends what is asked for by a path under /export/. */
export type ExportRoute = (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** For one user on one server. */
const MOST_AT_ONCE = 2;
/** An export takes seconds, if it is not of a million rows. */
const RETRY_MS = 5_000;
const STALLED_MS = 60_000;
const INTERNAL = { code: "INTERNAL_SERVER_ERROR", message: "Something went wrong on our side." };

const STATUS: Readonly<Record<Refusal["code"], number>> = {
  ...{ BAD_USER_INPUT: 400, UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409 },
  ...{ RATE_LIMITED: 429, UNAVAILABLE: 503 },
};

/**
 * Files by address. Who asks is known by a bearer token, the sign-in cookie, or the token of a link that was handed out. What is
 * refused is JSON, before the first byte of a file; what breaks later cuts the connection, so that nobody takes a part for
 * the whole.
 */
export function createExportRoute<Request>(options: ExportRouteOptions<Request>): ExportRoute {
  const { desk, createContext, logger, stalledMs = STALLED_MS } = options;
  const running = new Map<UserId, number>();

  async function callerOf(name: string, { url, headers }: IncomingMessage, response: ServerResponse) {
    const parameters = new URL(url ?? "/", "http://localhost").searchParams;
    const token = parameters.get("token");
    if (token !== null) {
      // The link says everything itself: what else stands in the address is not what it was signed for.
      const claim = parameters.size === 1 ? await desk.follow(name, token) : null;
      if (!claim) throw new UnauthenticatedError("This link is not valid, or not any more.");
      return claim;
    }
    const request = desk.read(name, parameters);
    const { identity, responseHeaders } = await createContext({ headers: credentialsIn(headers) });
    for (const [header, value] of responseHeaders) response.appendHeader(header, value);
    if (identity?.kind === "user") {
      refuseKeysWithout(identity, "READ_HISTORY");
      return { userId: identity.userId, request };
    }
    if (identity?.kind === "player") {
      throw new ForbiddenError("A player's token reads no files. Sign in with an account.");
    }
    throw new UnauthenticatedError("Sign in, or send a token that is valid.");
  }

  return async (path, request, response) => {
    response.setHeader("Cache-Control", "private, no-store");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("X-Robots-Tag", "noindex");
    try {
      const name = path.slice("/export/".length);
      const dictionary = /^dictionary\.(csv|json)$/.exec(name)?.[1];
      if (dictionary === "csv" || dictionary === "json") {
        return sendWhole(request, response, desk.dictionaryFile(dictionary));
      }
      const { userId, request: wanted } = await callerOf(name, request, response);
      const busy = running.get(userId) ?? 0;
      if (busy >= MOST_AT_ONCE)
        throw new RateLimitedError(RETRY_MS, `At most ${MOST_AT_ONCE} exports at once.`);
      running.set(userId, busy + 1);
      try {
        await sendFile(await desk.open(userId, wanted), request, response, stalledMs);
      } finally {
        const left = (running.get(userId) ?? 1) - 1;
        if (left > 0) running.set(userId, left);
        else running.delete(userId);
      }
    } catch (error) {
      if (response.headersSent) {
        if (!response.destroyed) logger.error({ err: error, path }, "http: an export broke off");
        response.destroy();
      } else if (error instanceof Refusal) refuse(response, error);
      else {
        logger.error({ err: error, path }, "http: an export could not begin");
        sendError(response, 500, INTERNAL);
      }
    }
  };
}

async function sendFile(
  { fileName, contentType, chunks }: OpenedFile,
  { method }: IncomingMessage,
  response: ServerResponse,
  stalledMs: number,
): Promise<void> {
  const headers = {
    "Content-Type": contentType,
    "Content-Disposition": `attachment; filename="${fileName}"`,
  };
  if (method === "HEAD") {
    response.writeHead(200, headers).end();
    return;
  }
  const source = chunks[Symbol.asyncIterator]();
  try {
    // What fails before the first bytes can still be told in words.
    let next = await source.next();
    response.writeHead(200, headers);
    for (; next.done !== true && !response.destroyed; next = await source.next()) {
      if (response.write(next.value)) await others();
      else await drained(response, stalledMs);
    }
    response.end();
  } finally {
    await source.return?.();
  }
}

/** Resolves when the reader has taken what was written, or is gone. */
function drained(response: ServerResponse, stalledMs: number): Promise<void> {
  return new Promise((resolve) => {
    const stalled = setTimeout(() => response.destroy(), stalledMs);
    const done = () => {
      clearTimeout(stalled);
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.once("drain", done);
    response.once("close", done);
    if (response.destroyed) done();
  });
}

function sendWhole(
  { method }: IncomingMessage,
  response: ServerResponse,
  { contentType, text }: { readonly contentType: string; readonly text: string },
): void {
  response.writeHead(200, { "Content-Type": contentType, "Content-Length": Buffer.byteLength(text) });
  response.end(method === "HEAD" ? "" : text);
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  const { code, message } = refusal;
  if (code === "UNAUTHENTICATED") response.setHeader("WWW-Authenticate", "Bearer");
  if (refusal instanceof RateLimitedError) response.setHeader("Retry-After", refusal.retryAfterSeconds);
  const issues = refusal instanceof ValidationError ? { issues: refusal.issues } : {};
  sendError(response, STATUS[code], { code, message, ...issues });
}

function sendError(response: ServerResponse, status: number, error: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
  response.end(`${JSON.stringify({ error })}\n`);
}

function credentialsIn({ authorization, cookie }: IncomingMessage["headers"]): Headers {
  return new Headers({
    ...(authorization !== undefined && { authorization }),
    ...(cookie !== undefined && { cookie }),
  });
}
