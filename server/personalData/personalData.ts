import type { Pool } from "pg";
import type { Clock } from "../core/clock.ts";
import type { AttemptId, SessionId, UserId } from "../core/ids.ts";
import { UnavailableError } from "../core/refusals.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { inTransaction } from "../history/index.ts";
import { eraseAttempt } from "./eraseAttempt.ts";
import { type Erased, eraseUser, type HostedSessions } from "./eraseUser.ts";
import { exportPerson, type PersonalData } from "./exportPerson.ts";
import { UnfinishedSessionsError } from "./refusals.ts";

export interface PersonalDataParts {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly games: RunningGames;
}

/** What is asked of games that are not over. */
export interface RunningGames {
  /** Takes a player out of a session; a session that is over, or gone, is no trouble. */
  remove(sessionId: SessionId, hostId: UserId, attemptId: AttemptId): Promise<void>;
  /** Whether everything that happened in a session is in PostgreSQL; waits for it, up to this long in milliseconds. */
  caughtUp(sessionId: SessionId, timeoutMs: number): Promise<boolean>;
}

export type PersonalDataService = ReturnType<typeof createPersonalData>;

/** As much as one answer of the API should have. */
const ATTEMPT_LIMIT = 5_000;
const SAVED_WAIT_MS = 5_000;
const DEADLOCK = "40P01";
const TRIES = 3;

const HELD = `SELECT attempt.id, session_id AS "sessionId", session.host_id AS "hostId", session.state,
    attempt.status FROM attempt JOIN session ON session.id = session_id WHERE `;

const HOSTED_UNFINISHED = "SELECT code FROM session WHERE host_id = $1 AND state <> 'FINISHED' ORDER BY id";

interface Held {
  readonly id: AttemptId;
  readonly sessionId: SessionId;
  readonly hostId: UserId;
  readonly state: string;
  readonly status: string;
}

/** What people can ask of the data about themselves. */
export function createPersonalData({ prisma, pool, clock, games }: PersonalDataParts) {
  /** Whoever is erased leaves the games that go on; then all that they did is in PostgreSQL, where it can be found. */
  async function leave(attempts: readonly Held[]): Promise<void> {
    for (const { id, sessionId, hostId, state, status } of attempts)
      if (state !== "FINISHED" && status !== "REMOVED") await games.remove(sessionId, hostId, id);
    for (const sessionId of new Set(attempts.map((attempt) => attempt.sessionId)))
      if (!(await games.caughtUp(sessionId, SAVED_WAIT_MS)))
        throw new UnavailableError("Results are still being saved. Try again in a moment.");
  }

  return {
    /** Everything about a person; null where there is no such user. @throws TooMuchDataError */
    export: (userId: UserId): Promise<PersonalData | null> =>
      exportPerson(prisma, userId, { now: clock.now(), attemptLimit: ATTEMPT_LIMIT }),

    /**
     * Erases a person; see `eraseUser`. In games of others that go on, they are taken out first. Null where there is no such
     * user.
     * @throws UnfinishedSessionsError, UnavailableError
     */
    async eraseUser(userId: UserId, hosted: HostedSessions): Promise<Erased | null> {
      const open = await pool.query<{ code: string }>(HOSTED_UNFINISHED, [userId]);
      if (open.rows.length > 0) throw new UnfinishedSessionsError(open.rows.map(({ code }) => code));
      const { rows } = await pool.query<Held>(`${HELD} user_id = $1 AND session.host_id <> $1`, [userId]);
      await leave(rows);
      return untilNoDeadlock(() => inTransaction(pool, (run) => eraseUser(run, userId, hosted)));
    },

    /** Takes the person out of an attempt, and out of the session if it goes on. False where there is no such attempt. */
    async eraseAttempt(id: AttemptId): Promise<boolean> {
      const { rows } = await pool.query<Held>(`${HELD} attempt.id = $1`, [id]);
      await leave(rows);
      return untilNoDeadlock(() => inTransaction(pool, (run) => eraseAttempt(run, id)));
    },
  };
}

/** The journal may write to a session that nobody knew of when locks were taken; PostgreSQL then sends one of the two back. */
async function untilNoDeadlock<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const code: unknown = error instanceof Error ? Reflect.get(error, "code") : null;
      if (code !== DEADLOCK || tries === TRIES) throw error;
    }
  }
}
