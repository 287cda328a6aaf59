import {
  AGGREGATES,
  ASKED,
  GIVEN_COLUMNS,
  ROLLUP_TABLES,
  SCORE_STEP,
  SHARE,
  TIME_SPAN_MS,
} from "./aggregates.ts";
import type { ChoiceRollup, Quantiles, QuestionRollup, Rollup } from "./rollup.ts";
import type { RunSql } from "./sql.ts";

/** Kelley (1939): groups of 27 % at both ends tell best what an item discriminates. */
const GROUP = 0.27;

/** Of quiz $1, the first attempts, and where $2 says so the others. It is the same of the stored rows and of computed ones. */
const READ = (times: string) => `
  totals AS MATERIALIZED (
    SELECT total, sum(attempts)::int AS attempts, sum(scores)::bigint AS scores
    FROM rollup_total WHERE quiz_id = $1::uuid AND repeat <= $2::boolean GROUP BY total
  ),
  ranked AS (
    SELECT total, sum(attempts) OVER (ORDER BY total) AS upto, sum(attempts) OVER () AS n FROM totals
  ),
  cuts AS MATERIALIZED (
    SELECT min(total) FILTER (WHERE n - upto < ceil(${GROUP} * n)) AS high,
      min(total) FILTER (WHERE upto >= ceil(${GROUP} * n)) AS low FROM ranked
  ),
  choices AS (
    SELECT question_id, choice_key, sum(answers)::int AS answers,
      COALESCE(sum(answers) FILTER (WHERE total >= high AND high > low), 0)::int AS upper,
      COALESCE(sum(answers) FILTER (WHERE total <= low AND high > low), 0)::int AS lower
    FROM rollup_choice CROSS JOIN cuts WHERE quiz_id = $1::uuid AND repeat <= $2::boolean
    GROUP BY question_id, choice_key
  ),
  questions AS (
    SELECT question_id, sum(asked)::int AS asked, sum(answered)::int AS answered, sum(correct)::int AS correct,
      sum(shares)::text AS shares, sum(squares)::text AS squares, sum(products)::text AS products
    FROM rollup_question WHERE quiz_id = $1::uuid AND repeat <= $2::boolean GROUP BY question_id
  ),
  ${times}
  SELECT EXISTS (SELECT FROM quiz_rollup WHERE quiz_id = $1::uuid AND question_ids = $3::uuid[]) AS counted,
    (SELECT COALESCE(json_agg(totals ORDER BY total), '[]') FROM (SELECT total, attempts FROM totals) AS totals) AS totals,
    (SELECT COALESCE(sum(scores), 0)::text FROM totals) AS scores,
    (SELECT COALESCE(json_agg(steps ORDER BY hundred), '[]') FROM (
      SELECT hundred, sum(attempts)::int AS attempts FROM rollup_score
      WHERE quiz_id = $1::uuid AND repeat <= $2::boolean GROUP BY hundred
    ) AS steps) AS steps,
    (SELECT json_build_object('upper', COALESCE(sum(attempts) FILTER (WHERE total >= high), 0),
      'lower', COALESCE(sum(attempts) FILTER (WHERE total <= low), 0)) FROM totals CROSS JOIN cuts WHERE high > low) AS groups,
    (SELECT COALESCE(json_agg(choices), '[]') FROM choices) AS choices,
    (SELECT COALESCE(json_agg(questions), '[]') FROM questions) AS questions,
    (SELECT COALESCE(json_agg(times), '[]') FROM times) AS times`;

/**
 * Quantiles of stored times, exact: the spans tell in which of them a rank lies, and only that is read by milliseconds.
 * Hyndman & Fan (1996), type 7: between two ranks it is interpolated, as percentile_cont does.
 */
const STORED_TIMES = `
  spans AS MATERIALIZED (
    SELECT question_id, span, n, upto - n AS before, upto FROM (
      SELECT question_id, span, n, (sum(n) OVER (PARTITION BY question_id ORDER BY span))::int AS upto FROM (
        SELECT question_id, span, sum(answers)::int AS n FROM rollup_time_span
        WHERE quiz_id = $1::uuid AND repeat <= $2::boolean GROUP BY question_id, span
      ) AS counts
    ) AS running
  ),
  wanted AS (
    SELECT question_id, p, place, floor(place)::int AS below, ceil(place)::int AS above FROM (
      SELECT question_id, p, (n - 1) * p AS place
      FROM (SELECT question_id, max(upto) AS n FROM spans GROUP BY question_id) AS sizes
      CROSS JOIN unnest(ARRAY[0.25, 0.5, 0.75, 0.9]) AS p
    ) AS places
  ),
  ranks AS (SELECT question_id, below AS rank FROM wanted UNION SELECT question_id, above FROM wanted),
  values_at AS MATERIALIZED (
    SELECT ranks.question_id, ranks.rank, (
      SELECT elapsed_ms FROM (
        SELECT elapsed_ms, sum(answers) OVER (ORDER BY elapsed_ms, repeat) AS upto FROM rollup_time
        WHERE quiz_id = $1::uuid AND question_id = ranks.question_id AND repeat <= $2::boolean
          AND elapsed_ms >= spans.span * ${TIME_SPAN_MS} AND elapsed_ms < (spans.span + 1) * ${TIME_SPAN_MS}
      ) AS inside WHERE inside.upto > ranks.rank - spans.before ORDER BY elapsed_ms LIMIT 1
    ) AS elapsed_ms
    FROM ranks JOIN spans ON spans.question_id = ranks.question_id
      AND ranks.rank >= spans.before AND ranks.rank < spans.upto
  ),
  times AS (
    SELECT wanted.question_id, array_agg(
      (below.elapsed_ms + (above.elapsed_ms - below.elapsed_ms) * (place - floor(place)))::float8 ORDER BY p) AS quantiles
    FROM wanted
    JOIN values_at AS below ON below.question_id = wanted.question_id AND below.rank = wanted.below
    JOIN values_at AS above ON above.question_id = wanted.question_id AND above.rank = wanted.above
    GROUP BY wanted.question_id
  )`;

/** The same from the answers. Not by percentile_cont, which counts in floats: 116.1 would be a little more than that. */
const COMPUTED_TIMES = `
  sorted AS (
    SELECT question_id, array_agg(elapsed_ms ORDER BY elapsed_ms) AS ms FROM given WHERE repeat <= $2::boolean GROUP BY question_id
  ),
  times AS (
    SELECT question_id, array_agg((below + (above - below) * (place - floor(place)))::float8 ORDER BY p) AS quantiles
    FROM sorted CROSS JOIN LATERAL (
      SELECT p, (cardinality(ms) - 1) * p AS place FROM unnest(ARRAY[0.25, 0.5, 0.75, 0.9]) AS p
    ) AS wanted CROSS JOIN LATERAL (
      SELECT ms[floor(place)::int + 1] AS below, ms[ceil(place)::int + 1] AS above
    ) AS found GROUP BY question_id
  )`;

/** Computed relations under the names of the stored tables, over the finished attempts that `which` names. */
const COMPUTED = (which: string) => `
  matching AS MATERIALIZED (
    SELECT attempt.id AS attempt_id, $1::uuid AS quiz_id, 1 AS sign, attempt.score, ${ASKED} AS asked,
      session.quiz_version_id, $3::uuid[] AS question_ids, attempt.user_id IS NOT NULL AND row_number() OVER (
        PARTITION BY attempt.user_id ORDER BY attempt.joined_at, attempt.id) > 1 AS repeat
    FROM attempt JOIN session ON session.id = attempt.session_id
    WHERE attempt.status = 'FINISHED' AND ${which}
  ),
  chosen AS MATERIALIZED (
    SELECT matching.*, COALESCE(sums.total, 0) AS total FROM matching LEFT JOIN (
      SELECT attempt_id, sum(${SHARE})::int AS total FROM answer JOIN matching USING (attempt_id)
      WHERE answer.question_id = ANY ($3::uuid[]) GROUP BY attempt_id
    ) AS sums USING (attempt_id)
  ),
  given AS MATERIALIZED (
    SELECT ${GIVEN_COLUMNS} FROM chosen JOIN answer ON answer.attempt_id = chosen.attempt_id
    WHERE answer.question_id = ANY ($3::uuid[])
  ),
  ${ROLLUP_TABLES.filter((table) => !table.startsWith("rollup_time"))
    .map((table) => `${table} AS (${AGGREGATES[table].select})`)
    .join(", ")},`;

const READ_STORED = `WITH ${READ(STORED_TIMES)}`;

interface Row {
  /** Whether the stored rows are there, and for these questions. */
  readonly counted: boolean;
  readonly totals: readonly { readonly total: number; readonly attempts: number }[];
  readonly scores: string;
  readonly steps: readonly { readonly hundred: number; readonly attempts: number }[];
  readonly groups: { readonly upper: number; readonly lower: number } | null;
  readonly choices: readonly (ChoiceRollup & { readonly question_id: string; readonly choice_key: string })[];
  readonly questions: readonly {
    readonly question_id: string;
    readonly asked: number;
    readonly answered: number;
    readonly correct: number;
    readonly shares: string;
    readonly squares: string;
    readonly products: string;
  }[];
  readonly times: readonly { readonly question_id: string; readonly quantiles: readonly number[] }[];
}

/** What is stored of a quiz, of the first attempts or of all; null where it is not counted, or for other questions. */
export async function readStoredRollup(
  run: RunSql,
  quizId: string,
  questionIds: readonly string[],
  repeats: boolean,
): Promise<Rollup | null> {
  const [row] = await run<Row>(READ_STORED, [quizId, repeats, questionIds]);
  return row?.counted ? rollupOf(row) : null;
}

/** Which attempts: SQL about `attempt`, whose parameters are numbered from $4. */
export interface Which {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * The same, computed from the answers themselves: for any choice of finished attempts, whose totals are sums over the given
 * questions. The first attempts are then each learner's first among those.
 */
export async function computeRollup(
  run: RunSql,
  which: Which,
  questionIds: readonly string[],
  repeats: boolean,
): Promise<Rollup> {
  const text = `WITH ${COMPUTED(which.sql)} ${READ(COMPUTED_TIMES)}`;
  const [row] = await run<Row>(text, [NO_QUIZ, repeats, questionIds, ...which.values]);
  return rollupOf(row);
}

/** Computed rows are of one quiz or session; which one does not matter. */
const NO_QUIZ = "00000000-0000-0000-0000-000000000000";

function rollupOf(row: Row | undefined): Rollup {
  if (!row) throw new Error("A statement of one row gave none");
  const choices = new Map<string, Map<string, ChoiceRollup>>();
  for (const { question_id, choice_key, answers, upper, lower } of row.choices) {
    const known = choices.get(question_id) ?? new Map<string, ChoiceRollup>();
    choices.set(question_id, known.set(choice_key, { answers, upper, lower }));
  }
  const times = new Map(row.times.map(({ question_id, quantiles }) => [question_id, quantilesOf(quantiles)]));
  const questions = row.questions.map((question): [string, QuestionRollup] => [
    question.question_id,
    {
      asked: question.asked,
      answered: question.answered,
      correct: question.correct,
      shares: BigInt(question.shares),
      squares: BigInt(question.squares),
      products: BigInt(question.products),
      times: times.get(question.question_id) ?? null,
      choices: choices.get(question.question_id) ?? new Map(),
    },
  ]);
  return {
    totals: row.totals,
    scores: BigInt(row.scores),
    scoreSteps: row.steps.map(({ hundred, attempts }) => ({ from: hundred * SCORE_STEP, attempts })),
    groups: row.groups && row.groups.upper > 0 ? row.groups : null,
    questions: new Map(questions),
  };
}

function quantilesOf([p25 = 0, median = 0, p75 = 0, p90 = 0]: readonly number[]): Quantiles {
  return { p25, median, p75, p90 };
}
