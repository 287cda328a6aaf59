import type { AttemptId, SessionId } from "../../../core/ids.ts";
import { newAttempt } from "../../domain/attemptChanges.ts";
import { ABANDONED_AFTER_MS, PLAYER_LIMIT } from "../keeping.ts";
import type { JoinOutcome, NewAttempt } from "../liveStore.ts";
import { attemptKey } from "./keys.ts";
import type { RedisSession } from "./redisSession.ts";
import { listOf, readAttempt, readSession } from "./replies.ts";
import type { RedisClient } from "./scripts.ts";
import { reaching } from "./unavailable.ts";

export async function sessionOfAttempt(client: RedisClient, id: AttemptId): Promise<SessionId | null> {
  return (await reaching(client.get(attemptKey(id)))) as SessionId | null;
}

/** Lets a player join, and be found by the attempt's id alone. */
export async function join(
  client: RedisClient,
  session: RedisSession,
  player: NewAttempt,
): Promise<JoinOutcome> {
  const key = attemptKey(player.id);
  // Before the attempt is there, so that there is none which cannot be found.
  await reaching(client.set(key, session.id, "PX", ABANDONED_AFTER_MS));
  const outcome = await takeSeat(client, session, player);
  // What is left where this fails expires.
  if (outcome.kind !== "joined") await client.del(key).catch(() => {});
  return outcome;
}

async function takeSeat(
  client: RedisClient,
  session: RedisSession,
  player: NewAttempt,
): Promise<JoinOutcome> {
  const who = { id: player.id, sessionId: session.id, userId: player.userId, nickname: player.nickname };
  const record = JSON.stringify(newAttempt(who, { version: 0, now: 0 }));
  const reply = await session.run("join", player.id, record, player.nicknameKey);
  const [kind, attempt, after] = listOf(reply);
  switch (kind) {
    case "joined":
      return { kind, attempt: readAttempt(attempt), session: readSession(after) };
    case "nickname-taken":
      return { kind, suggestion: await freeNickname(client, session, player.alternatives) };
    case "full":
      return { kind, limit: PLAYER_LIMIT };
    case "finished":
    case "not-found":
      return { kind };
    default:
      throw new TypeError(`Joining gave ${String(kind)}`);
  }
}

async function freeNickname(
  client: RedisClient,
  { keys }: RedisSession,
  alternatives: NewAttempt["alternatives"],
): Promise<string | null> {
  for (const { nickname, key } of alternatives) {
    if ((await reaching(client.hexists(keys.nicknames, key))) === 0) return nickname;
  }
  return null;
}
