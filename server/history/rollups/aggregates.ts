/**
 * A share is a whole number of 840ths: it is a ratio whose denominator is the number of a question's right choices, at most
 * eight, and 840 is the least common multiple of 1 to 8. So all sums are exact, and what was added can be taken out again.
 */
export const SHARE_UNIT = 840;

export const SHARE = `round(answer.share * ${SHARE_UNIT})::int`;

/** How many questions an attempt met, of `attempt` and `session`. */
export const ASKED = `CASE WHEN session.pacing = 'SELF_PACED'
  THEN attempt.over_count + (attempt.facing_number IS NOT NULL)::int ELSE COALESCE(session.question_number, 0) END`;

/** The widths, in points and in milliseconds, of the steps that are counted. */
export const SCORE_STEP = 100;
export const TIME_SPAN_MS = 100;

/**
 * What attempts come to, as rows of the rollup tables. They read two relations:
 *
 * - `chosen`: quiz_id, repeat, quiz_version_id, question_ids, asked, score, total, and sign: 1 to add them, −1 to take them out
 * - `given`, their answers: quiz_id, repeat, total, sign, question_id, picked (choice keys), correct, share, elapsed_ms
 */
export const AGGREGATES = {
  rollup_total: {
    key: ["quiz_id", "repeat", "total"],
    sums: ["attempts", "scores"],
    select: `SELECT quiz_id, repeat, total, sum(sign)::int AS attempts, sum(sign * score::bigint)::bigint AS scores
      FROM chosen GROUP BY quiz_id, repeat, total`,
  },
  rollup_score: {
    key: ["quiz_id", "repeat", "hundred"],
    sums: ["attempts"],
    select: `SELECT quiz_id, repeat, score / ${SCORE_STEP} AS hundred, sum(sign)::int AS attempts
      FROM chosen GROUP BY quiz_id, repeat, score / ${SCORE_STEP}`,
  },
  rollup_question: {
    key: ["quiz_id", "repeat", "question_id"],
    sums: ["asked", "answered", "correct", "shares", "squares", "products"],
    select: `SELECT quiz_id, repeat, question_id, sum(asked)::int AS asked, sum(answered)::int AS answered,
        sum(correct)::int AS correct, sum(shares)::bigint AS shares, sum(squares)::bigint AS squares,
        sum(products)::bigint AS products
      FROM (
        SELECT alike.quiz_id, repeat, (question.value->>'id')::uuid AS question_id, attempts AS asked, 0 AS answered,
          0 AS correct, 0 AS shares, 0 AS squares, 0 AS products
        FROM (
          SELECT quiz_id, repeat, quiz_version_id, question_ids, asked, sum(sign) AS attempts
          FROM chosen GROUP BY quiz_id, repeat, quiz_version_id, question_ids, asked
        ) AS alike
        JOIN quiz_version ON quiz_version.id = alike.quiz_version_id
        CROSS JOIN LATERAL jsonb_array_elements(quiz_version.questions) WITH ORDINALITY AS question (value, number)
        WHERE question.number <= alike.asked AND (question.value->>'id')::uuid = ANY (question_ids)
        UNION ALL
        SELECT quiz_id, repeat, question_id, 0, sum(sign), COALESCE(sum(sign) FILTER (WHERE correct), 0),
          sum(sign * share::bigint),
          sum(sign * share::bigint * share), sum(sign * share::bigint * total)
        FROM given GROUP BY quiz_id, repeat, question_id
      ) AS parts GROUP BY quiz_id, repeat, question_id`,
  },
  rollup_choice: {
    key: ["quiz_id", "repeat", "question_id", "choice_key", "total"],
    sums: ["answers"],
    select: `SELECT quiz_id, repeat, question_id, choice_key, total, sum(sign)::int AS answers
      FROM given CROSS JOIN unnest(picked) AS choice_key GROUP BY quiz_id, repeat, question_id, choice_key, total`,
  },
  rollup_time: {
    key: ["quiz_id", "repeat", "question_id", "elapsed_ms"],
    sums: ["answers"],
    select: `SELECT quiz_id, repeat, question_id, elapsed_ms, sum(sign)::int AS answers
      FROM given GROUP BY quiz_id, repeat, question_id, elapsed_ms`,
  },
  rollup_time_span: {
    key: ["quiz_id", "repeat", "question_id", "span"],
    sums: ["answers"],
    select: `SELECT quiz_id, repeat, question_id, elapsed_ms / ${TIME_SPAN_MS} AS span, sum(sign)::int AS answers
      FROM given GROUP BY quiz_id, repeat, question_id, elapsed_ms / ${TIME_SPAN_MS}`,
  },
} as const;

export type RollupTable = keyof typeof AGGREGATES;
export const ROLLUP_TABLES = Object.keys(AGGREGATES) as RollupTable[];

/** The columns of `given`, of `chosen` and the `answer`s that count. Choices only: TYPED and ORDER have no keys that repeat. */
export const GIVEN_COLUMNS = `chosen.quiz_id, chosen.repeat, chosen.total, chosen.sign, answer.question_id, answer.correct,
  ${SHARE} AS share, answer.elapsed_ms, CASE WHEN answer.text IS NULL THEN answer.tally_keys ELSE '{}' END AS picked`;
