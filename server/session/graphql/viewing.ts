import type { Context } from "../../graphql/context.ts";
import { refuseKeysWithout } from "../../graphql/identity.ts";
import type { AttemptRecord, SessionSetup } from "../domain/session.ts";

/** Whether the caller opened the session. */
export function isHost(context: Context, setup: Pick<SessionSetup, "hostId">): boolean {
  return context.identity.kind === "user" && context.identity.userId === setup.hostId;
}

/** Whether the caller is this very player: by the token of the attempt, or by just having been given it. */
export function isPlayer(context: Context, attempt: Pick<AttemptRecord, "id">): boolean {
  if (context.joinedAttempts.has(attempt.id)) return true;
  return context.identity.kind === "player" && context.identity.attemptId === attempt.id;
}

/**
 * Who may see what is private of an attempt: its player, the user it belongs to, and the session's host.
 * @throws ForbiddenError for a key of one of the two that may not read history
 */
export async function seesAttempt(
  context: Context,
  attempt: Pick<AttemptRecord, "id" | "userId" | "sessionId">,
): Promise<boolean> {
  if (isPlayer(context, attempt)) return true;
  const { identity } = context;
  if (identity.kind !== "user") return false;
  const { reader } = context.services.sessions;
  const isOwn = attempt.userId === identity.userId;
  const known = isOwn ? null : await reader.setupAndContent(attempt.sessionId);
  const sees = isOwn || (known !== null && isHost(context, known.setup));
  if (sees) refuseKeysWithout(identity, "READ_HISTORY");
  return sees;
}
