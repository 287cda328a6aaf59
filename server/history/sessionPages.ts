import type { Pool } from "pg";
import type { QuizId, SessionId, UserId } from "../core/ids.ts";
import { type CountedPage, dateKey, type PageRequest, pageOf } from "../core/page.ts";
import { Values } from "./attemptFilter.ts";
import { batched } from "./batched.ts";
import { keyset } from "./keyset.ts";
import { sqlOf } from "./rollups/index.ts";

interface HostRequest extends PageRequest {
  readonly hostId: UserId;
}

interface Row {
  readonly quiz_id: QuizId;
  readonly id: SessionId;
  readonly created_at: Date;
}

/** Pages of the sessions of a quiz that a user opened, newest first. */
export function createSessionPages(pool: Pool) {
  const run = sqlOf(pool);

  const pages = batched<QuizId, HostRequest, CountedPage<SessionId> | null>(async (ids, request) => {
    const values = new Values();
    const [quizzes, host, limit] = [
      values.add(ids),
      values.add(request.hostId),
      values.add(request.first + 1),
    ];
    const { orderBy, after } = keyset(
      { column: "created_at", type: "timestamptz" },
      { read: dateKey, descends: true },
      request,
      values,
    );
    const rows = await run<Row>(
      `SELECT wanted.quiz_id, page.id, page.created_at FROM unnest(${quizzes}::uuid[]) AS wanted (quiz_id)
         CROSS JOIN LATERAL (SELECT id, created_at FROM session WHERE session.quiz_id = wanted.quiz_id
           AND session.host_id = ${host} AND ${after} ORDER BY ${orderBy} LIMIT ${limit}) AS page ORDER BY ${orderBy}`,
      values.all,
    );
    return new Map(
      ids.map((quizId) => {
        const own = rows.filter(({ quiz_id }) => quiz_id === quizId);
        const page = pageOf(
          request,
          own,
          (row) => [row.created_at.toISOString(), row.id],
          ({ id }) => id,
        );
        return [quizId, { ...page, totalCount: () => count(quizId, request.hostId) }];
      }),
    );
  }, null);

  const counts = batched<QuizId, UserId, number>(async (ids, hostId) => {
    const rows = await run<{ quiz_id: QuizId; count: number }>(
      `SELECT quiz_id, count(*)::int AS count FROM session WHERE quiz_id = ANY ($1::uuid[]) AND host_id = $2 GROUP BY quiz_id`,
      [ids, hostId],
    );
    return new Map(rows.map(({ quiz_id, count: sessions }) => [quiz_id, sessions]));
  }, 0);
  const count = (quizId: QuizId, hostId: UserId) => counts(quizId, hostId);

  return async (quizId: QuizId, hostId: UserId, request: PageRequest): Promise<CountedPage<SessionId>> => {
    const page = await pages(quizId, { ...request, hostId });
    if (!page) throw new Error("A page of sessions was not read");
    return page;
  };
}
