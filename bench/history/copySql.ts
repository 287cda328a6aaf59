/**
 * The rows and columns of our CSV of answers, as somebody writes them to a file with psql: what the export is compared with. The
 * ids stay UUIDs, and the rows come in whatever order costs least. Of host `:host`, a literal.
 */
export const copyOf = (host: string) => `COPY (
WITH question AS MATERIALIZED (
  SELECT version.id AS version_id, item.number, (item.value->>'id')::uuid AS id, item.value->>'kind' AS kind,
    item.value->>'prompt' AS prompt, (
      SELECT string_agg(choice->>'text', ' | ') FROM jsonb_array_elements(item.value->'choices') AS choice
      WHERE (choice->>'correct')::boolean) AS right_answer
  FROM quiz_version AS version CROSS JOIN LATERAL jsonb_array_elements(questions) WITH ORDINALITY AS item (value, number)
), choice AS MATERIALIZED (
  SELECT version.id AS version_id, (choice->>'id')::uuid AS id, choice->>'text' AS text FROM quiz_version AS version
  CROSS JOIN LATERAL jsonb_array_elements(questions) AS item CROSS JOIN LATERAL jsonb_array_elements(item->'choices') AS choice
)
SELECT attempt.id AS attempt_id, attempt.nickname, attempt.user_id, attempt.status, attempt.joined_at, attempt.session_id,
  session.code, session.pacing, session.scoring, session.quiz_id, session.quiz_version_id, version.title,
  answer.number, answer.question_id, question.kind, question.prompt, question.right_answer, choice.text AS given_answer,
  answer.choice_ids, false AS skipped, answer.correct, answer.share, answer.points, answer.base, answer.speed, answer.streak,
  answer.streak_bonus, answer.elapsed_ms, answer.answered_at
FROM attempt JOIN session ON session.id = attempt.session_id JOIN quiz_version AS version ON version.id = session.quiz_version_id
  JOIN answer ON answer.attempt_id = attempt.id
  JOIN question ON question.version_id = version.id AND question.id = answer.question_id
  LEFT JOIN choice ON choice.version_id = version.id AND choice.id = answer.choice_ids[1]
WHERE attempt.host_id = '${host.replaceAll("'", "''")}'
) TO STDOUT (FORMAT csv, HEADER)`;

/** Only what stands in the tables, without a word of what was asked or picked: the least that such a file can cost. */
export const plainCopyOf = (host: string) => `COPY (
SELECT attempt.id, attempt.nickname, attempt.user_id, attempt.status, attempt.joined_at, attempt.session_id, session.code,
  session.pacing, session.scoring, session.quiz_id, session.quiz_version_id, answer.*
FROM attempt JOIN session ON session.id = attempt.session_id JOIN answer ON answer.attempt_id = attempt.id
WHERE attempt.host_id = '${host.replaceAll("'", "''")}'
) TO STDOUT (FORMAT csv, HEADER)`;
