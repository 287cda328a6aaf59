import { randomUUID } from "node:crypto";
import type { ApiKeyScope } from "../account/index.ts";
import type { ApiKeyId, AttemptId, SessionId, UserId } from "../core/ids.ts";
import { type CallerLimits, UNLIMITED } from "./callerLimits.ts";
import { ANONYMOUS, credentialsOf, headersOf, identify } from "./identify.ts";
import { createLoaders, type Loaders } from "./loaders.ts";
import type { Services } from "./services.ts";

/** Who asks. A player is known by the token of one attempt, and needs no account. */
export type Identity =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly userId: UserId; readonly via: "cookie" | "token" }
  /** A program that a user gave a key: it may do for them what the scopes say. */
  | {
      readonly kind: "user";
      readonly userId: UserId;
      readonly via: "api-key";
      readonly keyId: ApiKeyId;
      readonly scopes: readonly ApiKeyScope[];
    }
  | { readonly kind: "player"; readonly attemptId: AttemptId; readonly sessionId: SessionId };

export interface Context {
  readonly identity: Identity;
  /** A token or cookie came that is not valid (any more): the caller should sign in again. */
  readonly invalidToken: boolean;
  /** Asks once more who calls: a sign-in may end, and a key be revoked, while they follow something. */
  isStillSignedIn(): Promise<boolean>;
  readonly services: Services;
  readonly loaders: Loaders;
  readonly limits: CallerLimits;
  readonly requestId: string;
  /** Set where it is known before that the operation costs no more than it may. */
  costIsAllowed?: boolean;
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
  readonly headers: Pick<Headers, "get">;
  /** The payload of `connection_init`, which may carry `{"Authorization": "Bearer <token>"}`. */
  readonly connectionParams?: unknown;
  readonly requestId?: string;
  /** The network that the caller is in; undefined: the server itself asks. */
  readonly address?: string;
  readonly limits?: CallerLimits;
}

export type ContextFactory = (request: ContextRequest) => Promise<Context>;

/** The one way from a request, over HTTP or WebSocket, to the context of an operation. Never rejects a bad token. */
export function createContextFactory(services: Services): ContextFactory {
  return async ({ headers, connectionParams, requestId = randomUUID(), limits = UNLIMITED }) => {
    const shown = credentialsOf(headers, connectionParams);
    // Few operations have a use for these, and an answer to a question has none.
    let credentials: Headers | undefined;
    let responseHeaders: Headers | undefined;
    let loaders: Loaders | undefined;
    const made = {
      services,
      limits,
      requestId,
      joinedAttempts: new Set<AttemptId>(),
      answeredAttempts: new Set<AttemptId>(),
      get credentials() {
        credentials ??= headersOf(shown);
        return credentials;
      },
      get responseHeaders() {
        responseHeaders ??= new Headers();
        return responseHeaders;
      },
      get loaders() {
        loaders ??= createLoaders(services);
        return loaders;
      },
    };
    const found = await identify(services, shown, made);
    return Object.assign(made, {
      identity: found ?? ANONYMOUS,
      invalidToken: found === null,
      async isStillSignedIn() {
        return (await identify(services, shown, made))?.kind === "user";
      },
    });
  };
}
