import type { Pool } from "pg";

export interface GeneratedHistory {
  readonly quizIds: readonly string[];
  readonly answers: number;
}

const QUESTIONS = 10;
const PLAYERS = 100;
const ANSWERS_OF_QUIZ = 100_000;
const SESSIONS_OF_QUIZ = ANSWERS_OF_QUIZ / QUESTIONS / PLAYERS;

/** Ids that can be worked out from numbers, so that rows find each other without being asked for. */
const uuid = (...parts: string[]) => `md5(concat_ws('-', ${parts.join(", ")}))::uuid`;
/** A number from 0 to 1 that is the same at every run. */
const chance = (...parts: string[]) =>
  `(('x' || left(md5(concat_ws('-', ${parts.join(", ")})), 8))::bit(32)::bigint / 4294967296.0)::float8`;

/**
 * Fills a migrated, empty database with finished sessions of one host: quizzes of ten questions with four choices, each played by
 * a hundred sessions of a hundred players, which is 100,000 answers. Every third player has an account, one of 2,000.
 * Whoever knows more answers right more often, and sooner.
 */
export async function generateHistory(
  pool: Pool,
  hostId: string,
  answers: number,
): Promise<GeneratedHistory> {
  const quizzes = Math.max(1, Math.round(answers / ANSWERS_OF_QUIZ));
  const client = await pool.connect();
  try {
    // The rows fit each other by construction; checking each reference would take as long again.
    await client.query("SET session_replication_role = replica; SET synchronous_commit = off");
    await client.query(`INSERT INTO "user" (id, name, email)
      SELECT ${uuid("'learner'", "n")}::text, 'Learner ' || n, 'learner' || n || '@example.org' FROM generate_series(1, 2000) AS n`);
    await client.query(
      `INSERT INTO quiz (id, owner_id, title, question_count, version_id)
       SELECT ${uuid("'quiz'", "q")}, $1, 'Quiz ' || q, ${QUESTIONS}, ${uuid("'version'", "q")} FROM generate_series(1, $2::int) AS q`,
      [hostId, quizzes],
    );
    await client.query(
      `INSERT INTO quiz_version (id, quiz_id, title, questions)
       SELECT ${uuid("'version'", "q")}, ${uuid("'quiz'", "q")}, 'Quiz ' || q, (
         SELECT jsonb_agg(jsonb_build_object('id', ${uuid("'question'", "q", "n")}, 'kind', 'SINGLE_CHOICE', 'prompt', 'Word ' || n,
           'acceptedAnswers', '[]'::jsonb, 'timeLimitSeconds', 20, 'points', 1000, 'explanation', null, 'choices', (
             SELECT jsonb_agg(jsonb_build_object('id', ${uuid("'choice'", "q", "n", "c")}, 'text', 'Choice ' || c, 'correct', c = 1) ORDER BY c)
             FROM generate_series(1, 4) AS c)) ORDER BY n)
         FROM generate_series(1, ${QUESTIONS}) AS n)
       FROM generate_series(1, $1::int) AS q`,
      [quizzes],
    );
    await client.query(
      `INSERT INTO session (id, code, host_id, quiz_id, quiz_version_id, pacing, scoring, close_when_all_answered, seed, version,
         state, question_number, state_version, created_at, finished_at)
       SELECT ${uuid("'session'", "q", "s")}, lpad(((q * 7919 + s) % 1000000)::text, 6, '0'), $1, ${uuid("'quiz'", "q")},
         ${uuid("'version'", "q")}, 'HOST_PACED', 'CLASSIC', true, 'seed', 2000, 'FINISHED', ${QUESTIONS}, 2000,
         timestamptz '2025-01-01' + (s * interval '2 hours') + (q * interval '10 minutes'),
         timestamptz '2025-01-01' + (s * interval '2 hours') + (q * interval '10 minutes') + interval '8 minutes'
       FROM generate_series(1, $2::int) AS q, generate_series(1, ${SESSIONS_OF_QUIZ}) AS s`,
      [hostId, quizzes],
    );
    for (let quiz = 1; quiz <= quizzes; quiz++) await fillQuiz(client, quiz, hostId);
    await client.query("RESET session_replication_role; RESET synchronous_commit");
    await client.query("VACUUM (ANALYZE)");
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM quiz WHERE owner_id = $1 AND title LIKE 'Quiz %'",
      [hostId],
    );
    return { quizIds: rows.map(({ id }) => id), answers: quizzes * ANSWERS_OF_QUIZ };
  } finally {
    client.release();
  }
}

async function fillQuiz(
  client: { query(text: string, values: unknown[]): Promise<unknown> },
  quiz: number,
  hostId: string,
) {
  const attempt = uuid("'attempt'", "$1::int", "s", "p");
  await client.query(
    `INSERT INTO answer (attempt_id, question_id, session_id, number, choice_ids, fingerprint, tally_keys, correct, points, base,
       speed, share, streak, streak_bonus, elapsed_ms, answered_at)
     SELECT ${attempt}, ${uuid("'question'", "$1::int", "n")}, ${uuid("'session'", "$1::int", "s")}, n,
       ARRAY[${uuid("'choice'", "$1::int", "n", "choice")}], choice::text, ARRAY[${uuid("'choice'", "$1::int", "n", "choice")}::text],
       choice = 1, CASE WHEN choice = 1 THEN (1000 * (1 - elapsed / 40000.0))::int ELSE 0 END, 1000, 1 - elapsed / 40000.0,
       CASE WHEN choice = 1 THEN 1 ELSE 0 END, 0, 0, elapsed,
       timestamptz '2025-01-01' + (s * interval '2 hours') + ($1::int * interval '10 minutes') + (n * 30000 + elapsed) * interval '1 ms'
     FROM generate_series(1, ${SESSIONS_OF_QUIZ}) AS s, generate_series(1, ${PLAYERS}) AS p, generate_series(1, ${QUESTIONS}) AS n
     CROSS JOIN LATERAL (
       SELECT CASE WHEN ${chance("'luck'", "$1::int", "s", "p", "n")} < 1 / (1 + exp(n / 3.0 - 1 - 4 * ${chance("'skill'", "$1::int", "s", "p")})) THEN 1
         ELSE 2 + floor(3 * ${chance("'slip'", "$1::int", "s", "p", "n")})::int END AS choice,
         (800 + 18000 * power(${chance("'time'", "$1::int", "s", "p", "n")}, 2))::int AS elapsed
     ) AS given`,
    [quiz],
  );
  await client.query(
    `INSERT INTO attempt (id, session_id, host_id, quiz_id, user_id, nickname, status, score, reached_version, final_score, final_rank,
       answered_count, correct_count, streak, streak_number, over_count, joined_at, finished_at, version)
     SELECT ${attempt}, ${uuid("'session'", "$1::int", "s")}, $2, ${uuid("'quiz'", "$1::int")},
       CASE WHEN p % 3 = 0 THEN ${uuid("'learner'", "1 + (s * 37 + p * 11 + $1::int) % 2000")}::text END, 'Player ' || p, 'FINISHED',
       sums.score, p, sums.score, rank() OVER (PARTITION BY s ORDER BY sums.score DESC), sums.given, sums.correct, 0, 0, ${QUESTIONS},
       timestamptz '2025-01-01' + (s * interval '2 hours') + ($1::int * interval '10 minutes') + p * interval '97 ms',
       timestamptz '2025-01-01' + (s * interval '2 hours') + ($1::int * interval '10 minutes') + interval '8 minutes', 1000 + p
     FROM generate_series(1, ${SESSIONS_OF_QUIZ}) AS s, generate_series(1, ${PLAYERS}) AS p
     CROSS JOIN LATERAL (
       SELECT sum(points)::int AS score, count(*)::int AS given, count(*) FILTER (WHERE correct)::int AS correct
       FROM answer WHERE attempt_id = ${attempt}
     ) AS sums`,
    [quiz, hostId],
  );
}
