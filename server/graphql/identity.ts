import type { UserId } from "../core/ids.ts";
import { UnauthenticatedError } from "../core/refusals.ts";
import type { Context } from "./context.ts";

/** The refusal for a caller without an account, or whose sign-in is over. */
export function unauthenticated(context: Context): UnauthenticatedError {
  return new UnauthenticatedError(
    context.invalidToken ? "Your sign-in is not valid any more: sign in again." : undefined,
  );
}

/** The user who asks, behind `authScopes: { user: true }`. @throws UnauthenticatedError */
export function requireUser(context: Context): UserId {
  if (context.identity.kind !== "user") throw unauthenticated(context);
  return context.identity.userId;
}

/** The user who asks; null for players and the anonymous. */
export function viewerId({ identity }: Context): UserId | null {
  return identity.kind === "user" ? identity.userId : null;
}
