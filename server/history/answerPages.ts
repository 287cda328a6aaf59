import type { Pool } from "pg";
import type { AttemptId, QuestionId, QuizId, UserId } from "../core/ids.ts";
import { type CountedPage, dateKey, idKey, type PageRequest, pageOf } from "../core/page.ts";
import type { Answer } from "../generated/prisma/client.ts";
import { answerRecordOf } from "../journal/index.ts";
import type { AnswerRecord } from "../session/domain/session.ts";
import { type AttemptFilter, filterSql, Values } from "./attemptFilter.ts";
import { sqlOf } from "./rollups/index.ts";
import { ANSWER_COLUMNS } from "./rowColumns.ts";

/** Which answers; every rule that is given must hold. */
export interface AnswerFilter {
  /** Of attempts that this matches. */
  readonly attempts?: AttemptFilter;
  readonly questionId?: QuestionId;
  readonly correct?: boolean;
  readonly answeredAfter?: Date;
  readonly answeredBefore?: Date;
}

interface Key {
  readonly attempt_id: AttemptId;
  readonly question_id: QuestionId;
}

/** An answer's cursor: when it came, and whose it is to what. */
export const ANSWER_CURSOR_KEYS = 3;

const ANSWERS = `SELECT ${ANSWER_COLUMNS} FROM answer
  JOIN unnest($1::uuid[], $2::uuid[]) AS wanted (attempt_id, question_id) USING (attempt_id, question_id)`;

/**
 * Reads the answers to all questions that a quiz has or had, newest first, those that the user may see: of sessions that
 * they hosted, and their own. Each question's answers are found by an index in their order, and merged.
 */
export function createAnswerPages(pool: Pool) {
  const run = sqlOf(pool);

  function rulesOf(quizId: QuizId, userId: UserId, filter: AnswerFilter, values: Values) {
    const rule = (value: unknown, sql: (place: string) => string) =>
      value === undefined ? [] : [sql(values.add(value))];
    const viewer = values.add(userId);
    return [
      `attempt.quiz_id = ${values.add(quizId)}::uuid`,
      `(attempt.host_id = ${viewer} OR attempt.user_id = ${viewer})`,
      filterSql(filter.attempts ?? {}, values),
      ...rule(filter.correct, (place) => `answer.correct = ${place}`),
      ...rule(filter.answeredAfter, (place) => `answer.answered_at > ${place}::timestamptz`),
      ...rule(filter.answeredBefore, (place) => `answer.answered_at < ${place}::timestamptz`),
    ].join(" AND ");
  }

  function questionsOf(quizId: QuizId, { questionId }: AnswerFilter, values: Values): string {
    const one = questionId === undefined ? "true" : `question->>'id' = ${values.add(questionId)}`;
    return `(SELECT DISTINCT (question->>'id')::uuid AS id FROM quiz_version, jsonb_array_elements(questions) AS question
      WHERE quiz_id = ${values.add(quizId)}::uuid AND ${one}) AS asked`;
  }

  async function keysOf(
    quizId: QuizId,
    userId: UserId,
    filter: AnswerFilter,
    request: PageRequest,
  ): Promise<Key[]> {
    const values = new Values();
    const limit = values.add(request.first + 1);
    const [at, attemptId, questionId] = request.after ?? [];
    const columns = "answer.answered_at, answer.attempt_id, answer.question_id";
    const after =
      at === undefined
        ? "true"
        : `(${columns}) < (${values.add(dateKey(at))}::timestamptz, ${values.add(idKey(attemptId))}::uuid,
           ${values.add(idKey(questionId))}::uuid)`;
    const [questions, rules] = [questionsOf(quizId, filter, values), rulesOf(quizId, userId, filter, values)];
    return run<Key>(
      `SELECT page.attempt_id, page.question_id FROM ${questions} CROSS JOIN LATERAL (
        SELECT ${columns} FROM answer JOIN attempt ON attempt.id = answer.attempt_id
        WHERE answer.question_id = asked.id AND ${rules} AND ${after}
        ORDER BY answer.answered_at DESC, answer.attempt_id DESC LIMIT ${limit}
      ) AS page ORDER BY page.answered_at DESC, page.attempt_id DESC, page.question_id DESC LIMIT ${limit}`,
      values.all,
    );
  }

  async function count(quizId: QuizId, userId: UserId, filter: AnswerFilter): Promise<number> {
    const values = new Values();
    const [questions, rules] = [questionsOf(quizId, filter, values), rulesOf(quizId, userId, filter, values)];
    const [row] = await run<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${questions} JOIN answer ON answer.question_id = asked.id
       JOIN attempt ON attempt.id = answer.attempt_id WHERE ${rules}`,
      values.all,
    );
    return row?.count ?? 0;
  }

  return async (
    quizId: QuizId,
    userId: UserId,
    filter: AnswerFilter,
    request: PageRequest,
  ): Promise<CountedPage<AnswerRecord>> => {
    const keys = await keysOf(quizId, userId, filter, request);
    const rows = await run<Answer>(ANSWERS, [
      keys.map(({ attempt_id }) => attempt_id),
      keys.map(({ question_id }) => question_id),
    ]);
    const nameOf = (attemptId: string, questionId: string) => `${attemptId}:${questionId}`;
    const answers = new Map(rows.map((row) => [nameOf(row.attemptId, row.questionId), answerRecordOf(row)]));
    const found = keys.flatMap((key) => answers.get(nameOf(key.attempt_id, key.question_id)) ?? []);
    const keysOfAnswer = (answer: AnswerRecord) => [
      new Date(answer.answeredAt).toISOString(),
      answer.attemptId,
      answer.questionId,
    ];
    return {
      ...pageOf(request, found, keysOfAnswer, (answer) => answer),
      totalCount: () => count(quizId, userId, filter),
    };
  };
}
