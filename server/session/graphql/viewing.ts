import type { Context } from "../../graphql/context.ts";
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

/** Who may see what is private of an attempt: its player, the user it belongs to, and the session's host. */
export async function seesAttempt(
  context: Context,
  attempt: Pick<AttemptRecord, "id" | "userId" | "sessionId">,
): Promise<boolean> {
  if (isPlayer(context, attempt)) return true;
  const { identity } = context;
  if (identity.kind !== "user") return false;
  if (attempt.userId === identity.userId) return true;
  const known = await context.services.sessions.reader.setupAndContent(attempt.sessionId);
  return known !== null && isHost(context, known.setup);
}
