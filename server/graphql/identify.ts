import type { Identity } from "./context.ts";
import type { Services } from "./services.ts";

type IdentityServices = Pick<Services, "accounts" | "playerTokens">;

/**
 * Of what came with a request and its connection, the one thing that counts: a token before a cookie, and the
 * request's before the connection's.
 */
export function credentialsOf(headers: Headers, connectionParams: unknown): Headers {
  const token = bearerOf(headers.get("authorization")) ?? bearerOf(authorizationIn(connectionParams));
  if (token !== null) return new Headers({ authorization: `Bearer ${token}` });
  const cookie = headers.get("cookie");
  return new Headers(cookie === null ? {} : { cookie });
}

/** The identity; null where a token or cookie was given that is not valid. */
export async function identify(
  services: IdentityServices,
  credentials: Headers,
  responseHeaders: Headers,
): Promise<Identity | null> {
  const token = bearerOf(credentials.get("authorization"));
  if (token !== null) return identifyByToken(services, token);
  if (!services.accounts.hasSignInCookie(credentials)) return { kind: "anonymous" };
  const userId = await services.accounts.userOfCookie(credentials, responseHeaders);
  return userId === null ? null : { kind: "user", userId, via: "cookie" };
}

async function identifyByToken(services: IdentityServices, token: string): Promise<Identity | null> {
  // A player token is a JWT, three parts; a sign-in's token has one part, or two when signed.
  if (token.split(".").length === 3) {
    const player = await services.playerTokens.verify(token);
    return player && { kind: "player", ...player };
  }
  const isApiKey = services.accounts.isApiKey(token);
  const userId = await (isApiKey
    ? services.accounts.userOfApiKey(token)
    : services.accounts.userOfToken(token));
  return userId === null ? null : { kind: "user", userId, via: isApiKey ? "api-key" : "token" };
}

function bearerOf(authorization: string | null): string | null {
  return /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? "")?.[1] ?? null;
}

function authorizationIn(connectionParams: unknown): string | null {
  if (typeof connectionParams !== "object" || connectionParams === null) return null;
  const found = Object.entries(connectionParams).find(([name]) => name.toLowerCase() === "authorization");
  return typeof found?.[1] === "string" ? found[1] : null;
}
