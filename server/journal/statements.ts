import type { ClientBase } from "pg";
import type { AnswerRecord, AttemptRecord } from "../session/domain/session.ts";
import { arrayText } from "./arrayText.ts";
import { type BatchRows, phaseToColumns } from "./rows.ts";

/** Joins a list into one text of an `unnest` column; PostgreSQL cannot unnest lists of different lengths. */
const SEPARATOR = "\u001f";

interface Column<Row> {
  readonly name: string;
  readonly type: string;
  readonly value: (row: Row) => unknown;
  /** How the unnested value becomes the column's; the value itself where left out. */
  readonly expression?: string;
}

const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** A column that repeats what the attempt's session says. */
const ofSession = (name: string, type: string): Column<AttemptRecord> => ({
  ...{ name, type, value: () => null },
  expression: `(SELECT session.${name} FROM session WHERE session.id = session_id)`,
});

const ATTEMPT_COLUMNS: readonly Column<AttemptRecord>[] = [
  { name: "id", type: "uuid", value: (a) => a.id },
  { name: "session_id", type: "uuid", value: (a) => a.sessionId },
  ofSession("host_id", "text"),
  ofSession("quiz_id", "uuid"),
  {
    ...{ name: "user_id", type: "text", value: (a) => a.userId },
    // Of somebody whose account was deleted meanwhile, the attempt is nobody's.
    expression: `(SELECT "user".id FROM "user" WHERE "user".id = user_id)`,
  },
  { name: "nickname", type: "text", value: (a) => a.nickname },
  { name: "status", type: "text", value: (a) => a.status, expression: 'status::"AttemptStatus"' },
  { name: "score", type: "int", value: (a) => a.score },
  { name: "reached_version", type: "int", value: (a) => a.reachedVersion },
  { name: "answered_count", type: "int", value: (a) => a.answeredCount },
  { name: "correct_count", type: "int", value: (a) => a.correctCount },
  { name: "streak", type: "int", value: (a) => a.streak },
  { name: "streak_number", type: "int", value: (a) => a.streakNumber },
  { name: "facing_number", type: "int", value: (a) => a.facing?.number ?? null },
  { name: "facing_opens_at", type: "timestamptz", value: (a) => time(a.facing?.opensAt ?? null) },
  { name: "facing_closes_at", type: "timestamptz", value: (a) => time(a.facing?.closesAt ?? null) },
  { name: "over_count", type: "int", value: (a) => a.overCount },
  { name: "joined_at", type: "timestamptz", value: (a) => time(a.joinedAt) },
  { name: "finished_at", type: "timestamptz", value: (a) => time(a.finishedAt) },
  { name: "version", type: "int", value: (a) => a.version },
];

const ANSWER_COLUMNS: readonly Column<AnswerRecord>[] = [
  { name: "attempt_id", type: "uuid", value: (a) => a.attemptId },
  { name: "question_id", type: "uuid", value: (a) => a.questionId },
  { name: "session_id", type: "uuid", value: (a) => a.sessionId },
  { name: "number", type: "int", value: (a) => a.number },
  {
    name: "choice_ids",
    type: "text",
    value: (a) => a.given.choiceIds.join(SEPARATOR),
    expression: `string_to_array(choice_ids, E'\\x1f')::uuid[]`,
  },
  { name: "text", type: "text", value: (a) => a.given.text },
  { name: "fingerprint", type: "text", value: (a) => a.fingerprint },
  {
    name: "tally_keys",
    type: "text",
    value: (a) => a.tallyKeys.join(SEPARATOR),
    expression: `string_to_array(tally_keys, E'\\x1f')`,
  },
  { name: "correct", type: "bool", value: (a) => a.correct },
  { name: "points", type: "int", value: (a) => a.points },
  { name: "base", type: "int", value: (a) => a.breakdown.base },
  { name: "speed", type: "float8", value: (a) => a.breakdown.speed },
  { name: "share", type: "float8", value: (a) => a.breakdown.share },
  { name: "streak", type: "int", value: (a) => a.breakdown.streak },
  { name: "streak_bonus", type: "int", value: (a) => a.breakdown.streakBonus },
  { name: "elapsed_ms", type: "int", value: (a) => a.elapsedMs },
  { name: "answered_at", type: "timestamptz", value: (a) => time(a.answeredAt) },
];

/** One multi-row insert, each column as one array: eleven times as fast as an insert per row. */
function insertAll<Row>(table: string, columns: readonly Column<Row>[], onConflict: string): string {
  const names = columns.map((c) => c.name).join(", ");
  const values = columns.map((c) => c.expression ?? c.name).join(", ");
  const arrays = columns.map((c, i) => `$${i + 1}::${c.type}[]`).join(", ");
  return `INSERT INTO ${table} (${names}) SELECT ${values} FROM unnest(${arrays}) AS new (${names}) ${onConflict}`;
}

/** An attempt keeps those that it begins with, so that what comes late does not bring back who was erased. */
const NEVER_CHANGED = ["id", "session_id", "host_id", "quiz_id", "user_id", "nickname"];

const parameters = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
  columns.map(({ type, value }) => arrayText(type, rows.map(value)));

const INSERT_ATTEMPTS = insertAll(
  "attempt",
  ATTEMPT_COLUMNS,
  `ON CONFLICT (id) DO UPDATE SET ${ATTEMPT_COLUMNS.filter((c) => !NEVER_CHANGED.includes(c.name))
    .map((c) => `${c.name} = EXCLUDED.${c.name}`)
    .join(", ")} WHERE attempt.version < EXCLUDED.version`,
);
const INSERT_ANSWERS = insertAll(
  "answer",
  ANSWER_COLUMNS,
  "ON CONFLICT (attempt_id, question_id) DO NOTHING",
);

const INSERT_SESSION = `INSERT INTO session
  (id, code, host_id, quiz_id, quiz_version_id, pacing, scoring, close_when_all_answered, seed, version, state,
   state_version, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'LOBBY', $10, $11) ON CONFLICT (id) DO NOTHING`;

/**
 * One writer at a time for each session, however many servers write: in the order of ids, so that two batches wait for
 * each other and never in a circle.
 */
const LOCK_SESSIONS = `SELECT id, state FROM session WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`;

const UPDATE_PHASES = `UPDATE session SET state = new.state::"SessionState", question_number = new.question_number,
  question_opens_at = new.opens_at, question_closes_at = new.closes_at, finished_at = new.finished_at,
  state_version = new.version
  FROM unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[])
    AS new (id, version, state, question_number, opens_at, closes_at, finished_at)
  WHERE session.id = new.id AND session.state_version < new.version`;

const UPDATE_VERSIONS = `UPDATE session SET version = new.version
  FROM unnest($1::uuid[], $2::int[]) AS new (id, version) WHERE session.id = new.id AND session.version < new.version`;

/**
 * What is final once a session is finished: the ranks, and that nobody plays any more. Done anew with whatever reaches a
 * session that is finished already, since the last answers may be written after the end.
 */
const FINISH_ATTEMPTS = `UPDATE attempt SET final_rank = final.rank, final_score = attempt.score,
  status = CASE WHEN attempt.status = 'ACTIVE' THEN 'FINISHED' ELSE attempt.status END,
  finished_at = CASE WHEN attempt.status = 'REMOVED' THEN attempt.finished_at
    ELSE COALESCE(attempt.finished_at, final.finished_at) END
  FROM (
    SELECT attempt.id, session.finished_at, CASE WHEN status = 'REMOVED' THEN 0
      ELSE rank() OVER (PARTITION BY session_id, status = 'REMOVED' ORDER BY score DESC) END AS rank
    FROM attempt JOIN session ON session.id = attempt.session_id
    WHERE session.id = ANY($1::uuid[]) AND session.state = 'FINISHED'
  ) AS final
  WHERE attempt.id = final.id AND (attempt.final_rank IS DISTINCT FROM final.rank OR attempt.status = 'ACTIVE'
    OR attempt.final_score IS DISTINCT FROM attempt.score
    OR attempt.status = 'FINISHED' AND attempt.finished_at IS NULL)`;

const byId = (a: BatchRows["opened"][number], b: BatchRows["opened"][number]) =>
  a.setup.id < b.setup.id ? -1 : 1;

/** The sessions of a batch, in the caller's transaction and until its end nobody else's. */
export interface HeldSessions {
  /** They are not there, and were not opened by the batch. */
  readonly missing: readonly string[];
  readonly anyFinished: boolean;
}

/** Opens the sessions that a batch opens, and holds all of its sessions. The first half of `writeRows`. */
export async function holdSessions(client: ClientBase, rows: BatchRows): Promise<HeldSessions> {
  for (const { setup, version } of rows.opened.toSorted(byId)) {
    await client.query(INSERT_SESSION, [
      setup.id,
      setup.code,
      setup.hostId,
      setup.quizId,
      setup.quizVersionId,
      setup.pacing,
      setup.scoring,
      setup.closeWhenAllAnswered,
      setup.seed,
      version,
      time(setup.createdAt),
    ]);
  }
  const ids = [...rows.versions.keys()];
  const { rows: found } = await client.query<{ id: string; state: string }>(LOCK_SESSIONS, [ids]);
  const there = new Set(found.map(({ id }) => id));
  return {
    missing: ids.filter((id) => !there.has(id)),
    anyFinished: found.some(({ state }) => state === "FINISHED"),
  };
}

/** What else is written with a batch, in its transaction: told of the attempts that play no more and of finished sessions. */
export type AlsoWrite = (
  client: ClientBase,
  touched: { readonly attemptIds: readonly string[]; readonly sessionIds: readonly string[] },
) => Promise<void>;

/** Writes what changed in sessions that are held. The second half of `writeRows`. */
export async function writeChanges(
  client: ClientBase,
  rows: BatchRows,
  held: HeldSessions,
  alsoWrite?: AlsoWrite,
): Promise<void> {
  const ids = [...rows.versions.keys()];
  if (rows.phases.length > 0) {
    const columns = rows.phases.map((row) => phaseToColumns(row.phase));
    await client.query(UPDATE_PHASES, [
      rows.phases.map((row) => row.sessionId),
      rows.phases.map((row) => row.version),
      columns.map((c) => c.state),
      columns.map((c) => c.questionNumber),
      columns.map((c) => time(c.opensAt)),
      columns.map((c) => time(c.closesAt)),
      columns.map((c) => time(c.finishedAt)),
    ]);
  }
  const attempts =
    rows.attempts.length > 0 && client.query(INSERT_ATTEMPTS, parameters(ATTEMPT_COLUMNS, rows.attempts));
  // Put into texts while PostgreSQL writes the attempts.
  const answers = parameters(ANSWER_COLUMNS, rows.answers);
  await attempts;
  if (rows.answers.length > 0) await client.query(INSERT_ANSWERS, answers);
  await client.query(UPDATE_VERSIONS, [ids, [...rows.versions.values()]]);
  const ended = rows.phases.some((row) => row.phase.state === "FINISHED");
  const finished = ended || held.anyFinished;
  if (finished) await client.query(FINISH_ATTEMPTS, [ids]);
  const through = rows.attempts.filter(({ status }) => status !== "ACTIVE");
  await alsoWrite?.(client, { attemptIds: through.map(({ id }) => id), sessionIds: finished ? ids : [] });
}

/**
 * Writes a batch inside the caller's transaction. Writing it again, in whole or in part, changes nothing: a row
 * gives way only to a newer version, and an answer to none (I1, I2).
 */
export async function writeRows(client: ClientBase, rows: BatchRows, alsoWrite?: AlsoWrite): Promise<void> {
  await writeChanges(client, rows, await holdSessions(client, rows), alsoWrite);
}
