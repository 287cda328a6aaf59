/**
 * The same statistics as somebody writes them who has only the answers, and SQL: what the rollups are compared with. Of quiz
 * $1, everyone's first attempts.
 */
export const PLAIN_STATISTICS = `
WITH finished AS (
  SELECT attempt.id, attempt.score, attempt.user_id IS NOT NULL AND row_number() OVER (
    PARTITION BY attempt.user_id ORDER BY joined_at, attempt.id) > 1 AS repeat
  FROM attempt WHERE attempt.quiz_id = $1::uuid AND attempt.status = 'FINISHED'
),
shares AS (
  SELECT answer.attempt_id, answer.question_id, answer.share, answer.correct, answer.elapsed_ms, answer.choice_ids,
    sum(answer.share) OVER (PARTITION BY answer.attempt_id) AS total
  FROM answer JOIN finished ON finished.id = answer.attempt_id WHERE NOT finished.repeat
),
totals AS (
  SELECT attempt_id, total, percent_rank() OVER (ORDER BY total) AS place FROM shares GROUP BY attempt_id, total
),
questions AS (
  SELECT question_id, count(*) AS answers, avg(correct::int) AS facility, avg(share) AS mean, var_samp(share) AS variance,
    corr(share, total - share) AS discrimination, covar_samp(share, total) AS covariance,
    percentile_cont(ARRAY[0.25, 0.5, 0.75, 0.9]) WITHIN GROUP (ORDER BY elapsed_ms) AS times
  FROM shares GROUP BY question_id
),
choices AS (
  SELECT shares.question_id, choice, count(*) AS answers, count(*) FILTER (WHERE place >= 0.73) AS upper,
    count(*) FILTER (WHERE place <= 0.27) AS lower
  FROM shares JOIN totals USING (attempt_id) CROSS JOIN unnest(choice_ids) AS choice GROUP BY shares.question_id, choice
)
SELECT (SELECT count(*) FROM totals) AS attempts, (SELECT avg(score) FROM finished WHERE NOT repeat) AS mean_score,
  (SELECT var_samp(total) FROM totals) AS variance, (SELECT sum(variance) FROM questions) AS item_variances,
  (SELECT json_agg(questions) FROM questions) AS questions, (SELECT json_agg(choices) FROM choices) AS choices`;
