import type { Pool } from "pg";
import type { Id } from "../core/ids.ts";
import { TEST_TYPE } from "./webhook.ts";

export interface PayloadParts {
  readonly pool: Pool;
  /** The id that clients of the API see. */
  readonly idOf: <Kind extends "User" | "Quiz" | "Session" | "Attempt">(kind: Kind, id: Id<Kind>) => string;
  /** Where the API is, without a slash at the end. */
  readonly publicUrl: string;
}

/** What a message is about. */
export interface Subject {
  readonly id: string;
  readonly type: string;
  readonly subjectId: string;
  readonly occurredAt: Date;
}

/** How many of the leaderboard a message carries; the rest is to be asked for. */
const BEST = 10;

interface SessionRow {
  readonly id: Id<"Session">;
  readonly quiz_id: Id<"Quiz">;
  readonly code: string;
  readonly title: string;
  readonly pacing: string;
  readonly scoring: string;
  readonly questions: number;
  readonly players: number;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

interface AttemptRow {
  readonly id: Id<"Attempt">;
  readonly session_id: Id<"Session">;
  readonly user_id: Id<"User"> | null;
  readonly nickname: string;
  readonly score: number;
  readonly final_rank: number | null;
  readonly answered_count: number;
  readonly correct_count: number;
  readonly joined_at: Date;
  readonly finished_at: Date | null;
}

const SESSIONS = `SELECT session.id, session.quiz_id, code, quiz_version.title, pacing, scoring, session.created_at, finished_at,
    jsonb_array_length(quiz_version.questions) AS questions,
    (SELECT count(*)::int FROM attempt WHERE attempt.session_id = session.id AND status <> 'REMOVED') AS players
  FROM session JOIN quiz_version ON quiz_version.id = session.quiz_version_id WHERE session.id = ANY ($1::uuid[])`;

const ATTEMPT = `attempt.id, attempt.session_id, attempt.user_id, nickname, score, final_rank, answered_count, correct_count,
  attempt.joined_at, attempt.finished_at`;
const ATTEMPTS = `SELECT ${ATTEMPT} FROM attempt WHERE id = ANY ($1::uuid[])`;
const LEADERS = `SELECT best.* FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
    SELECT ${ATTEMPT} FROM attempt WHERE session_id = wanted.id AND status <> 'REMOVED'
    ORDER BY score DESC, reached_version LIMIT ${BEST}
  ) AS best`;

/** Composes the bodies of messages, by their ids, as the history is now. What has been erased meanwhile has none. */
export function createPayloads({ pool, idOf, publicUrl }: PayloadParts) {
  const apiUrl = `${publicUrl}/graphql`;

  function dataOfSession(session: SessionRow, leaders: readonly AttemptRow[]) {
    return {
      sessionId: idOf("Session", session.id),
      code: session.code,
      quizId: idOf("Quiz", session.quiz_id),
      quizTitle: session.title,
      pacing: session.pacing,
      scoring: session.scoring,
      questionCount: session.questions,
      playerCount: session.players,
      createdAt: session.created_at,
      finishedAt: session.finished_at,
      leaderboard: leaders.map((attempt) => ({
        rank: attempt.final_rank,
        attemptId: idOf("Attempt", attempt.id),
        nickname: attempt.nickname,
        score: attempt.score,
        correctCount: attempt.correct_count,
      })),
      apiUrl,
    };
  }

  function dataOfAttempt(attempt: AttemptRow, session: SessionRow) {
    return {
      attemptId: idOf("Attempt", attempt.id),
      sessionId: idOf("Session", session.id),
      code: session.code,
      quizId: idOf("Quiz", session.quiz_id),
      quizTitle: session.title,
      nickname: attempt.nickname,
      userId: attempt.user_id === null ? null : idOf("User", attempt.user_id),
      score: attempt.score,
      finalRank: attempt.final_rank,
      questionCount: session.questions,
      answeredCount: attempt.answered_count,
      correctCount: attempt.correct_count,
      joinedAt: attempt.joined_at,
      finishedAt: attempt.finished_at,
      apiUrl,
    };
  }

  async function read<Row>(sql: string, ids: readonly string[]): Promise<Row[]> {
    return ids.length === 0 ? [] : ((await pool.query(sql, [ids])).rows as Row[]);
  }

  return async (subjects: readonly Subject[]): Promise<ReadonlyMap<string, string>> => {
    const idsOf = (type: string) =>
      subjects.filter((subject) => subject.type === type).map(({ subjectId }) => subjectId);
    // Several webhooks may be told of the same session.
    const finished = [...new Set(idsOf("session.finished"))];
    const attempts = mapOf(await read<AttemptRow>(ATTEMPTS, idsOf("attempt.finished")));
    const played = Array.from(attempts.values(), ({ session_id }) => session_id);
    const sessions = mapOf(await read<SessionRow>(SESSIONS, [...new Set([...finished, ...played])]));
    const leaders = await read<AttemptRow>(LEADERS, finished);

    function dataOf({ type, subjectId }: Subject) {
      if (type === TEST_TYPE) return { apiUrl };
      const attempt = attempts.get(subjectId);
      const session = sessions.get(attempt?.session_id ?? subjectId);
      if (!session) return null;
      if (attempt) return dataOfAttempt(attempt, session);
      return dataOfSession(
        session,
        leaders.filter(({ session_id }) => session_id === subjectId),
      );
    }

    return new Map(
      subjects.flatMap((subject) => {
        const { type, occurredAt: timestamp } = subject;
        const data = dataOf(subject);
        return data === null ? [] : [[subject.id, JSON.stringify({ type, timestamp, data })] as const];
      }),
    );
  };
}

function mapOf<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
