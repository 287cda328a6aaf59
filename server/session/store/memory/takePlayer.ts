import { newAttempt } from "../../domain/attemptChanges.ts";
import type { AttemptSnapshot } from "../../domain/session.ts";
import { PLAYER_LIMIT } from "../keeping.ts";
import type { JoinOutcome, NewAttempt } from "../liveStore.ts";
import type { LiveSession } from "./liveSession.ts";

/** Lets a player join, once: an attempt that is already there is given back as it is. */
export function takePlayer(session: LiveSession, player: NewAttempt): JoinOutcome {
  const known = session.attemptSnapshot(player.id);
  if (known) return joined(session, known);
  if (session.phase.state === "FINISHED") return { kind: "finished" };
  const { roster } = session;
  if (roster.playerCount >= PLAYER_LIMIT) return { kind: "full", limit: PLAYER_LIMIT };
  if (roster.hasNickname(player.nicknameKey)) {
    return { kind: "nickname-taken", suggestion: freeAlternative(session, player.alternatives) };
  }
  const { id, userId, nickname } = player;
  session.changeAttempt(
    newAttempt({ id, sessionId: session.setup.id, userId, nickname }, session.nextMoment()),
    "standings",
  );
  const attempt = session.attemptSnapshot(id);
  if (!attempt) throw new Error("An attempt that just joined is not there");
  return joined(session, attempt);
}

function freeAlternative({ roster }: LiveSession, alternatives: NewAttempt["alternatives"]): string | null {
  for (const { nickname, key } of alternatives) if (!roster.hasNickname(key)) return nickname;
  return null;
}

function joined(session: LiveSession, attempt: AttemptSnapshot): JoinOutcome {
  return { kind: "joined", attempt, session: session.snapshot() };
}
