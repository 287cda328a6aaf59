import type { Pool } from "pg";
import type { AttemptId, SessionId, UserId } from "../core/ids.ts";
import { type CountedPage, type Page, type PageRequest, pageOf } from "../core/page.ts";
import type { AttemptSnapshot } from "../session/domain/session.ts";
import { type AttemptFilter, filterSql, Values } from "./attemptFilter.ts";
import { attemptsById, readAttempts } from "./attemptRows.ts";
import { batched } from "./batched.ts";
import { type AttemptOrder, columnsOf, keysetOf } from "./keyset.ts";
import { sqlOf } from "./rollups/index.ts";

const keysOf = (order: AttemptOrder) => (attempt: AttemptSnapshot) => {
  const { record } = attempt;
  const key = order.startsWith("SCORE") ? String(record.score) : new Date(record.joinedAt).toISOString();
  return [key, record.id];
};

interface SessionRequest extends PageRequest {
  readonly filter: AttemptFilter;
  readonly order: AttemptOrder;
}

const EMPTY: Page<AttemptSnapshot> = { edges: [], hasNextPage: false, hasPreviousPage: false };

/** Reads pages of attempts with their answers: first which ones, by an index in their order, then what belongs to them. */
export function createAttemptPages(pool: Pool) {
  const run = sqlOf(pool);

  /** The attempts that a user may see are those of sessions they hosted, and their own: each found by its own index. */
  async function visibleIds(
    userId: UserId,
    filter: AttemptFilter,
    order: AttemptOrder,
    request: PageRequest,
  ) {
    const values = new Values();
    const [viewer, limit] = [values.add(userId), values.add(request.first + 1)];
    const rules = filterSql(filter, values);
    const mine = [`host_id = ${viewer}`, `user_id = ${viewer} AND host_id <> ${viewer}`];
    const parts = columnsOf(order).flatMap(({ column, has }) => {
      const { orderBy, after } = keysetOf(order, request, values, column);
      return mine.map(
        (which) => `(SELECT id, joined_at, score FROM attempt
        WHERE ${which} AND ${has} AND ${rules} AND ${after} ORDER BY ${orderBy} LIMIT ${limit})`,
      );
    });
    const rows = await run<{ id: string }>(
      `SELECT id FROM (${parts.join(" UNION ALL ")}) AS found
      ORDER BY ${keysetOf(order, { first: 0, after: null }, values).orderBy} LIMIT ${limit}`,
      values.all,
    );
    return rows.map(({ id }) => id);
  }

  async function countVisible(userId: UserId, filter: AttemptFilter): Promise<number> {
    const values = new Values();
    const viewer = values.add(userId);
    const [row] = await run<{ count: number }>(
      `SELECT count(*)::int AS count FROM attempt
       WHERE (host_id = ${viewer} OR user_id = ${viewer}) AND ${filterSql(filter, values)}`,
      values.all,
    );
    return row?.count ?? 0;
  }

  /** Pages of many sessions at once. */
  async function sessionPages(ids: readonly SessionId[], request: SessionRequest) {
    const values = new Values();
    const [sessions, limit] = [values.add(ids), values.add(request.first + 1)];
    const rules = filterSql(request.filter, values);
    const { orderBy, after } = keysetOf(request.order, request, values);
    const found = await run<{ session_id: SessionId; id: string }>(
      `SELECT wanted.session_id, page.id FROM unnest(${sessions}::uuid[]) AS wanted (session_id) CROSS JOIN LATERAL (
        SELECT id, joined_at, score FROM attempt WHERE attempt.session_id = wanted.session_id AND ${rules} AND ${after}
        ORDER BY ${orderBy} LIMIT ${limit}) AS page ORDER BY ${orderBy}`,
      values.all,
    );
    const attempts = await attemptsById(
      run,
      found.map(({ id }) => id as AttemptId),
    );
    return new Map(
      ids.map((sessionId) => {
        const rows = found
          .filter(({ session_id }) => session_id === sessionId)
          .flatMap(({ id }) => attempts.get(id as AttemptId) ?? []);
        return [sessionId, pageOf(request, rows, keysOf(request.order), (row) => row)];
      }),
    );
  }

  const ofSession = batched(sessionPages, EMPTY);
  const byId = batched<AttemptId, null, AttemptSnapshot | null>((ids) => attemptsById(run, ids), null);

  return {
    /** An attempt, as the history has it; null where it has none. */
    byId: (id: AttemptId) => byId(id, null),

    /** The attempts of one session, in order of joining unless told. */
    ofSession: (
      sessionId: SessionId,
      request: PageRequest,
      filter: AttemptFilter = {},
      order: AttemptOrder = "JOINED_AT_ASC",
    ): Promise<Page<AttemptSnapshot>> => ofSession(sessionId, { ...request, filter, order }),

    /** Every attempt that the user may see and the filter matches. */
    async visible(
      userId: UserId,
      filter: AttemptFilter,
      order: AttemptOrder,
      request: PageRequest,
    ): Promise<CountedPage<AttemptSnapshot>> {
      const rows = await readAttempts(run, await visibleIds(userId, filter, order, request));
      return {
        ...pageOf(request, rows, keysOf(order), (row) => row),
        totalCount: () => countVisible(userId, filter),
      };
    },
  };
}
