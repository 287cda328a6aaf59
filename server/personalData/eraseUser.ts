import type { UserId } from "../core/ids.ts";
import { forgetRollups, type RunSql } from "../history/index.ts";
import { anonymise, LOCK_SESSIONS } from "./anonymise.ts";
import { handOver } from "./handOver.ts";
import { UnfinishedSessionsError } from "./refusals.ts";

/** What becomes of finished sessions that the person hosted: they are other people's history, too. */
export type HostedSessions = "KEEP" | "DELETE";

/** What an erasure has come to. */
export interface Erased {
  /** The person's own attempts, which stay without them. */
  readonly attempts: number;
  readonly quizzesDeleted: number;
  /** Kept for the history of sessions, out of everybody's sight. */
  readonly quizzesKept: number;
  readonly sessionsDeleted: number;
  readonly sessionsKept: number;
}

interface Session {
  readonly id: string;
  readonly code: string;
  readonly quiz_id: string;
  readonly host_id: string;
  readonly state: string;
}

interface Attempt {
  readonly id: string;
  readonly session_id: string;
  readonly status: string;
}

const SESSIONS = `SELECT id, code, quiz_id, host_id, state FROM session
  WHERE host_id = $1 OR id IN (SELECT session_id FROM attempt WHERE user_id = $1) ORDER BY id`;
const ATTEMPTS = "SELECT id, session_id, status FROM attempt WHERE user_id = $1";

/**
 * Erases a person, in the caller's transaction: the account with its sign-ins, password, keys and whatever else belongs to it
 * alone. Their attempts stay as nobody's. Null where there is no such user.
 * @throws UnfinishedSessionsError where they host, or still play in, sessions that are not over
 */
export async function eraseUser(run: RunSql, userId: UserId, hosted: HostedSessions): Promise<Erased | null> {
  // Sessions first, as the journal does; who writes to others of them meanwhile waits for the account, or fails.
  await run(LOCK_SESSIONS, [(await run<Session>(SESSIONS, [userId])).map(({ id }) => id)]);
  const [user] = await run<{ email: string }>('SELECT email FROM "user" WHERE id = $1 FOR UPDATE', [userId]);
  if (!user) return null;

  const sessions = await run<Session>(SESSIONS, [userId]);
  const attempts = await run<Attempt>(ATTEMPTS, [userId]);
  refuseUnfinished(userId, sessions, attempts);

  const own = sessions.filter(({ host_id }) => host_id === userId);
  await forgetRollups(run, [...new Set(sessions.map(({ quiz_id }) => quiz_id))]);
  if (hosted === "DELETE") await deleteSessions(run, own);
  await anonymise(
    run,
    attempts.map(({ id, session_id: sessionId }) => ({ id, sessionId })),
  );
  const quizzes = await handOver(run, userId);
  await run("DELETE FROM verification WHERE identifier = $1", [user.email]);
  // Everything that is the account's alone goes with it.
  await run('DELETE FROM "user" WHERE id = $1', [userId]);
  return {
    attempts: attempts.length,
    ...quizzes,
    ...(hosted === "DELETE"
      ? { sessionsDeleted: own.length, sessionsKept: 0 }
      : { sessionsDeleted: 0, sessionsKept: own.length }),
  };
}

function refuseUnfinished(userId: UserId, sessions: readonly Session[], attempts: readonly Attempt[]): void {
  const playing = new Set(attempts.filter(({ status }) => status !== "REMOVED").map((one) => one.session_id));
  const unfinished = sessions.filter(
    ({ id, host_id, state }) => state !== "FINISHED" && (host_id === userId || playing.has(id)),
  );
  if (unfinished.length > 0) throw new UnfinishedSessionsError(unfinished.map(({ code }) => code));
}

/** With the attempts and answers of everyone who played. */
async function deleteSessions(run: RunSql, sessions: readonly Session[]): Promise<void> {
  const ids = sessions.map(({ id }) => id);
  await run("DELETE FROM dead_letter WHERE session_id = ANY ($1::text[])", [ids]);
  await run("DELETE FROM session WHERE id = ANY ($1::uuid[])", [ids]);
}
