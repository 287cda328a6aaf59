import type { ApiKeyScope } from "../account/index.ts";
import type { UserId } from "../core/ids.ts";
import { ForbiddenError, UnauthenticatedError } from "../core/refusals.ts";
import type { Context, Identity } from "./context.ts";

/** The refusal for a caller without an account, or whose sign-in is over. */
export function unauthenticated(context: Context): UnauthenticatedError {
  return new UnauthenticatedError(
    context.invalidToken ? "Your sign-in is not valid any more: sign in again." : undefined,
  );
}

/** The user who asks, behind `authScopes: { user: true }` or `{ can: … }`. @throws UnauthenticatedError */
export function requireUser(context: Context): UserId {
  if (context.identity.kind !== "user") throw unauthenticated(context);
  return context.identity.userId;
}

/** The user who asks; null for players and the anonymous. */
export function viewerId({ identity }: Context): UserId | null {
  return identity.kind === "user" ? identity.userId : null;
}

/** Scopes of which a key needs one. */
export type NeededScopes = ApiKeyScope | readonly ApiKeyScope[];

const listOf = (needed: NeededScopes): readonly string[] => (typeof needed === "string" ? [needed] : needed);

/** Whether it is a user, or a user's key that has one of the scopes. */
export function mayUse(identity: Identity, needed: NeededScopes): boolean {
  if (identity.kind !== "user") return false;
  return identity.via !== "api-key" || identity.scopes.some((scope) => listOf(needed).includes(scope));
}

/**
 * For what a key needs a scope for and others do not: whoever is no key may go on, and is asked for what else is needed
 * elsewhere.
 * @throws ForbiddenError
 */
export function refuseKeysWithout(identity: Identity, needed: NeededScopes): void {
  if (identity.kind === "user" && !mayUse(identity, needed)) throw lacksScope(needed);
}

/** The refusal for a key. */
export function lacksScope(needed: NeededScopes): ForbiddenError {
  return new ForbiddenError(
    `This API key may not do this: it needs the scope ${listOf(needed).join(" or ")}.`,
  );
}
