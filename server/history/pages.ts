import type { SessionId, UserId } from "../core/ids.ts";
import {
  type CountedPage,
  dateKey,
  idKey,
  numberKey,
  type Page,
  type PageRequest,
  pageOf,
} from "../core/page.ts";
import { Prisma, type PrismaClient } from "../generated/prisma/client.ts";
import { storable } from "../session/domain/folding.ts";
import type { AttemptSnapshot } from "../session/domain/session.ts";
import { snapshotOf } from "./archive.ts";
import type { AttemptFilter } from "./attemptFilter.ts";

/** How attempts are ordered: the words of the API's AttemptOrder. */
export type AttemptOrder = "JOINED_AT_DESC" | "JOINED_AT_ASC" | "SCORE_DESC" | "SCORE_ASC";

/** The attempts that a user may see: those of sessions they hosted, and their own. */
function visibleTo(userId: UserId): Prisma.AttemptWhereInput {
  return { OR: [{ session: { hostId: userId } }, { userId }] };
}

/** Prisma makes ILIKE of it, in which these three mean something. */
const equalsAnyCase = (text: string) =>
  ({ equals: storable(text).replace(/[\\%_]/g, "\\$&"), mode: "insensitive" }) as const;

/** The attempts that match a filter. */
export function matching(filter: AttemptFilter): Prisma.AttemptWhereInput {
  const { quizId, sessionId, nickname, joinedAfter, joinedBefore, minScore } = filter;
  return {
    ...(quizId !== undefined && { session: { quizId } }),
    ...(sessionId !== undefined && { sessionId }),
    ...(nickname !== undefined && { nickname: equalsAnyCase(nickname) }),
    ...(minScore !== undefined && { score: { gte: minScore } }),
    joinedAt: {
      ...(joinedAfter !== undefined && { gt: joinedAfter }),
      ...(joinedBefore !== undefined && { lt: joinedBefore }),
    },
  };
}

/** The rows after a cursor's keys, in an order that the id makes total. */
function afterKeys(order: AttemptOrder, keys: readonly string[] | null): Prisma.AttemptWhereInput {
  const [value, id] = keys ?? [];
  if (value === undefined || id === undefined) return {};
  const side = order.endsWith("_DESC") ? "lt" : "gt";
  const key = order.startsWith("SCORE") ? "score" : "joinedAt";
  const at = key === "score" ? numberKey(value) : dateKey(value);
  return { OR: [{ [key]: { [side]: at } }, { [key]: at, id: { [side]: idKey(id) } }] };
}

function orderBy(order: AttemptOrder): Prisma.AttemptOrderByWithRelationInput[] {
  const direction = order.endsWith("_DESC") ? "desc" : "asc";
  return [order.startsWith("SCORE") ? { score: direction } : { joinedAt: direction }, { id: direction }];
}

const keysOf = (order: AttemptOrder) => (attempt: AttemptSnapshot) => {
  const { record } = attempt;
  return [
    order.startsWith("SCORE") ? String(record.score) : new Date(record.joinedAt).toISOString(),
    record.id,
  ];
};

/** Reads pages of attempts with their answers: one statement for each kind of row, however many there are. */
export function createAttemptPages(prisma: PrismaClient) {
  async function page(
    where: Prisma.AttemptWhereInput,
    order: AttemptOrder,
    request: PageRequest,
  ): Promise<Page<AttemptSnapshot>> {
    const rows = await prisma.attempt.findMany({
      where: { AND: [where, afterKeys(order, request.after)] },
      orderBy: orderBy(order),
      take: request.first + 1,
      include: { session: true, answers: { orderBy: { number: "asc" } } },
    });
    const ranks = await ranksOf(
      prisma,
      rows.map(({ id }) => id),
    );
    const snapshots = rows.map((row) => snapshotOf(row, ranks.get(row.id) ?? 0));
    return pageOf(request, snapshots, keysOf(order), (snapshot) => snapshot);
  }

  return {
    /** The attempts of one session, in order of joining. */
    ofSession: (sessionId: SessionId, request: PageRequest) => page({ sessionId }, "JOINED_AT_ASC", request),

    /** Every attempt that the user may see and the filter matches. */
    async visible(
      userId: UserId,
      filter: AttemptFilter,
      order: AttemptOrder,
      request: PageRequest,
    ): Promise<CountedPage<AttemptSnapshot>> {
      const where = { AND: [visibleTo(userId), matching(filter)] };
      return {
        ...(await page(where, order, request)),
        totalCount: () => prisma.attempt.count({ where }),
      };
    },
  };
}

/** Ranks of attempts within their sessions: 1 more than how many scored more. */
async function ranksOf(prisma: PrismaClient, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await prisma.$queryRaw<{ id: string; rank: number }[]>`
    SELECT mine.id::text, (
      SELECT count(*)::int + 1 FROM attempt AS other
      WHERE other.session_id = mine.session_id AND other.status <> 'REMOVED' AND other.score > mine.score
    ) AS rank
    FROM attempt AS mine WHERE mine.id IN (${Prisma.join(ids.map((id) => Prisma.sql`${id}::uuid`))})`;
  return new Map(rows.map(({ id, rank }) => [id, rank]));
}
