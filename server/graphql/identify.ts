import { isApiKey } from "../account/index.ts";
import type { Context, Identity } from "./context.ts";
import type { Services } from "./services.ts";

type IdentityServices = Pick<Services, "accounts" | "playerTokens">;

/** What a caller shows: one of the two, or nothing. */
export interface Credentials {
  readonly token: string | null;
  readonly cookie: string | null;
}

/**
 * Of what came with a request and its connection, the one thing that counts: a token before a cookie, and the
 * request's before the connection's.
 */
export function credentialsOf(headers: Pick<Headers, "get">, connectionParams: unknown): Credentials {
  const token = bearerOf(headers.get("authorization")) ?? bearerOf(authorizationIn(connectionParams));
  return { token, cookie: token === null ? headers.get("cookie") : null };
}

export function headersOf({ token, cookie }: Credentials): Headers {
  if (token !== null) return new Headers({ authorization: `Bearer ${token}` });
  return new Headers(cookie === null ? {} : { cookie });
}

/**
 * The identity; null where a token or cookie was given that is not valid. A cookie may be renewed by the way: `into`
 * the headers of the response.
 */
export async function identify(
  services: IdentityServices,
  credentials: Credentials,
  into: Pick<Context, "responseHeaders">,
): Promise<Identity | null> {
  const { token, cookie } = credentials;
  if (token !== null) return identifyByToken(services, token);
  if (cookie === null) return ANONYMOUS;
  const headers = headersOf(credentials);
  if (!services.accounts.hasSignInCookie(headers)) return ANONYMOUS;
  const userId = await services.accounts.userOfCookie(headers, into.responseHeaders);
  return userId === null ? null : { kind: "user", userId, via: "cookie" };
}

export const ANONYMOUS: Identity = { kind: "anonymous" };

async function identifyByToken(services: IdentityServices, token: string): Promise<Identity | null> {
  // A player token is a JWT, three parts; a sign-in's token has one part, or two when signed.
  if (token.split(".").length === 3) {
    const player = await services.playerTokens.verify(token);
    return player && { kind: "player", ...player };
  }
  if (isApiKey(token)) {
    const holder = await services.accounts.apiKeys.holderOf(token);
    return holder && { kind: "user", via: "api-key", ...holder };
  }
  const userId = await services.accounts.userOfToken(token);
  return userId === null ? null : { kind: "user", userId, via: "token" };
}

function bearerOf(authorization: string | null): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1] ?? null;
}

function authorizationIn(connectionParams: unknown): string | null {
  if (typeof connectionParams !== "object" || connectionParams === null) return null;
  const found = Object.entries(connectionParams).find(([name]) => name.toLowerCase() === "authorization");
  return typeof found?.[1] === "string" ? found[1] : null;
}
