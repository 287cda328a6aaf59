import pg from "pg";
import { request } from "../fixtures/apiClient.ts";
import type { AnswerRow, AttemptRow, SeenLeaderboard, SessionRow } from "./evidence.ts";
import { LEADERBOARD } from "./operations.ts";
import { plainId } from "./records.ts";

export interface History {
  readonly sessions: readonly (SessionRow & { readonly code: string })[];
  readonly attempts: readonly AttemptRow[];
  readonly answers: readonly AnswerRow[];
  /** Entries of the journal that could not be stored, by what was said of them. */
  readonly deadLetters: readonly { readonly error: string; readonly count: number }[];
}

const SESSIONS = "SELECT id, code, state FROM session";
const ATTEMPTS = `SELECT id, session_id AS "sessionId", status, score, reached_version AS "reachedVersion",
  answered_count AS "answeredCount", final_rank AS "finalRank" FROM attempt`;
const ANSWERS = `SELECT session_id AS "sessionId", attempt_id AS "attemptId", question_id AS "questionId", number, points,
  correct, elapsed_ms AS "elapsedMs", (extract(epoch FROM answered_at) * 1000)::float8 AS "answeredAt" FROM answer`;

/** Everything that PostgreSQL has, read past all servers. */
export async function readHistory(databaseUrl: string): Promise<History> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: sessions } = await client.query<SessionRow & { code: string }>(SESSIONS);
    const { rows: attempts } = await client.query<AttemptRow>(ATTEMPTS);
    const { rows: answers } = await client.query<AnswerRow>(ANSWERS);
    const { rows: deadLetters } = await client.query<{ error: string; count: number }>(
      "SELECT error, count(*)::int AS count FROM dead_letter GROUP BY error",
    );
    return { sessions, attempts, answers, deadLetters };
  } finally {
    await client.end();
  }
}

interface Reply {
  readonly session: {
    readonly id: string;
    readonly state: string;
    readonly leaderboard: {
      readonly entries: readonly {
        readonly attemptId: string;
        readonly score: number;
        readonly rank: number;
      }[];
    };
  } | null;
}

/** The leaderboard of each session as each server gives it. */
export async function readLeaderboards(
  serverUrls: readonly string[],
  sessions: History["sessions"],
): Promise<SeenLeaderboard[]> {
  const seen: SeenLeaderboard[] = [];
  for (const server of serverUrls) {
    for (const { code, id } of sessions) {
      const { data, errors } = await request<Reply>(server, LEADERBOARD, { code });
      if (!data?.session)
        throw new Error(`${server} has no session ${id}: ${JSON.stringify(errors ?? data)}`);
      // A code that was free again may be another session's by now.
      if (plainId(data.session.id) !== id) continue;
      const entries = data.session.leaderboard.entries.map((entry) => ({
        ...entry,
        attemptId: plainId(entry.attemptId),
      }));
      seen.push({ server, sessionId: id, entries });
    }
  }
  return seen;
}
