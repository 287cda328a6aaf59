import { randomUUID } from "node:crypto";
import type { AttemptId, SessionId, UserId } from "../core/ids.ts";
import { credentialsOf, identify } from "./identify.ts";
import { createLoaders, type Loaders } from "./loaders.ts";
import type { Services } from "./services.ts";

/** Who asks. A player is known by the token of one attempt, and needs no account. */
export type Identity =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly userId: UserId; readonly via: "cookie" | "token" | "api-key" }
  | { readonly kind: "player"; readonly attemptId: AttemptId; readonly sessionId: SessionId };

export interface Context {
  readonly identity: Identity;
  /** A token or cookie came that is not valid (any more): the caller should sign in again. */
  readonly invalidToken: boolean;
  readonly services: Services;
  readonly loaders: Loaders;
  readonly requestId: string;
  /** Attempts whose player tokens this operation has given to the caller. */
  readonly joinedAttempts: Set<AttemptId>;
  /** Attempts from which this operation has taken an answer. */
  readonly answeredAttempts: Set<AttemptId>;
  /** What the caller showed: `authorization` or `cookie`, whichever transport it came by. */
  readonly credentials: Headers;
  /** Added to the response over HTTP (cookies); a WebSocket has no place for them. */
  readonly responseHeaders: Headers;
}

/** What both transports know of a caller. */
export interface ContextRequest {
  readonly headers: Headers;
  /** The payload of `connection_init`, which may carry `{"Authorization": "Bearer <token>"}`. */
  readonly connectionParams?: unknown;
  readonly requestId?: string;
}

export type ContextFactory = (request: ContextRequest) => Promise<Context>;

/** The one way from a request, over HTTP or WebSocket, to the context of an operation. Never rejects a bad token. */
export function createContextFactory(services: Services): ContextFactory {
  return async ({ headers, connectionParams, requestId }) => {
    const responseHeaders = new Headers();
    const credentials = credentialsOf(headers, connectionParams);
    const identity = await identify(services, credentials, responseHeaders);
    return {
      identity: identity ?? { kind: "anonymous" },
      invalidToken: identity === null,
      services,
      loaders: createLoaders(services),
      joinedAttempts: new Set(),
      answeredAttempts: new Set(),
      requestId: requestId ?? randomUUID(),
      credentials,
      responseHeaders,
    };
  };
}
