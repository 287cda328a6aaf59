import type { Pool } from "pg";
import type { AttemptId, QuizVersionId, UserId } from "../core/ids.ts";
import { type AttemptFilter, filterSql, Values } from "../history/index.ts";
import type { ContentLoader } from "../session/index.ts";
import { cell, isoMoment, momentSql, type RawRow, rawRows } from "./rawRows.ts";
import type { ExportedAttempt } from "./records.ts";

/** Where to go on: after this attempt. */
interface Place {
  readonly joinedAt: string;
  readonly id: string;
}

/** Of a finished session, ranks are stored; otherwise 1 more than how many scored more. */
const RANK = `CASE WHEN attempt.status = 'REMOVED' THEN 0 WHEN attempt.final_rank IS NOT NULL THEN attempt.final_rank ELSE (
  SELECT count(*) + 1 FROM attempt AS other WHERE other.session_id = attempt.session_id
    AND other.status <> 'REMOVED' AND other.score > attempt.score) END`;

/** Nothing is told of a question that players can still answer, nor of its solution. */
const OVER = `CASE WHEN session.pacing = 'SELF_PACED'
    THEN attempt.over_count + (session.state = 'FINISHED' AND attempt.facing_number IS NOT NULL)::int
  WHEN session.state = 'QUESTION_OPEN' THEN session.question_number - 1
  ELSE COALESCE(session.question_number, 0) END`;

const COLUMNS = [
  ...[
    "attempt.id",
    "attempt.session_id",
    "session.code",
    "session.pacing",
    "session.scoring",
    "session.state",
  ],
  ...[momentSql("session.created_at"), momentSql("session.finished_at"), "attempt.quiz_id"],
  ...["session.quiz_version_id", "attempt.user_id", "attempt.nickname"],
  "CASE WHEN attempt.status = 'ACTIVE' AND session.state = 'FINISHED' THEN 'FINISHED' ELSE attempt.status END",
  ...["attempt.score", RANK, "attempt.answered_count", "attempt.correct_count", OVER],
  momentSql("attempt.joined_at"),
  momentSql(
    "COALESCE(attempt.finished_at, CASE WHEN attempt.status <> 'REMOVED' THEN session.finished_at END)",
  ),
];

export interface AttemptSource {
  readonly pool: Pool;
  readonly loadContent: ContentLoader;
}

/**
 * Every attempt that a user may see and the filter matches, oldest first: those of sessions that they hosted, and their own.
 * Page by page, each found by an index from where the last one ended: no statement takes long, and no connection is held
 * while nobody reads. What joins meanwhile comes at the end.
 */
export async function* readAttempts(
  { pool, loadContent }: AttemptSource,
  userId: UserId,
  filter: AttemptFilter,
  pageSize: number,
): AsyncGenerator<readonly ExportedAttempt[]> {
  for (let place: Place | null = null; ; ) {
    const rows: RawRow[] = await readPage(pool, userId, filter, place, pageSize);
    const page = await Promise.all(
      rows.map(async (row) => {
        const { title } = await loadContent(cell(row, 9) as QuizVersionId);
        return attemptOf(row, title);
      }),
    );
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    place = { joinedAt: last.joinedAt, id: last.id };
  }
}

function readPage(
  pool: Pool,
  userId: UserId,
  filter: AttemptFilter,
  place: Place | null,
  pageSize: number,
): Promise<RawRow[]> {
  const values = new Values();
  const [viewer, limit] = [values.add(userId), values.add(pageSize)];
  const rules = filterSql(filter, values);
  const after =
    place === null
      ? "true"
      : `(joined_at, id) > (${values.add(place.joinedAt)}::timestamptz, ${values.add(place.id)}::uuid)`;
  const found = [`host_id = ${viewer}`, `user_id = ${viewer} AND host_id <> ${viewer}`].map(
    (mine) =>
      `(SELECT * FROM attempt WHERE ${mine} AND ${rules} AND ${after} ORDER BY joined_at, id LIMIT ${limit})`,
  );
  return rawRows(
    pool,
    `SELECT ${COLUMNS.join(", ")}
     FROM (SELECT * FROM (${found.join(" UNION ALL ")}) AS found ORDER BY joined_at, id LIMIT ${limit}) AS attempt
     JOIN session ON session.id = attempt.session_id ORDER BY attempt.joined_at, attempt.id`,
    values.all,
  );
}

function attemptOf(row: RawRow, quizTitle: string): ExportedAttempt {
  const optional = (index: number) => row[index] ?? null;
  const moment = (index: number) => {
    const text = optional(index);
    return text === null ? null : isoMoment(text);
  };
  return {
    id: cell(row, 0) as AttemptId,
    sessionId: cell(row, 1),
    sessionCode: cell(row, 2),
    pacing: cell(row, 3),
    scoring: cell(row, 4),
    sessionState: cell(row, 5),
    sessionCreatedAt: isoMoment(cell(row, 6)),
    sessionFinishedAt: moment(7),
    quizId: cell(row, 8),
    quizVersionId: cell(row, 9),
    quizTitle,
    userId: optional(10),
    nickname: cell(row, 11),
    status: cell(row, 12),
    score: cell(row, 13),
    rank: cell(row, 14),
    answeredCount: cell(row, 15),
    correctCount: cell(row, 16),
    questionsOver: Number(cell(row, 17)),
    joinedAt: isoMoment(cell(row, 18)),
    finishedAt: moment(19),
  };
}
