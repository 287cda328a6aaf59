import type { Pool } from "pg";
import type { QuizId, UserId } from "../core/ids.ts";
import { Values } from "./attemptFilter.ts";
import { sqlOf } from "./rollups/index.ts";

/** What learners are compared by: their best attempt, or everything they collected. */
export type LeaderFigure = "BEST" | "SUM";

export interface Leader {
  readonly rank: number;
  /** Null for those who played without an account, of whom each attempt stands for itself. */
  readonly userId: UserId | null;
  readonly nickname: string;
  readonly score: number;
  readonly attempts: number;
}

/** From the beginning of a week to that of the next; null: of all time. */
export type Week = { readonly from: Date; readonly to: Date } | null;

const DAY_MS = 86_400_000;

/** The ISO week of a moment: from Monday, 00:00 UTC. */
export function weekOf(moment: Date): NonNullable<Week> {
  const day = Math.floor(moment.getTime() / DAY_MS);
  // 1 January 1970 was a Thursday.
  const monday = day - ((day + 3) % 7);
  return { from: new Date(monday * DAY_MS), to: new Date((monday + 7) * DAY_MS) };
}

/** The best learners of the sessions that a user hosted, over their finished attempts, by when they joined. */
export function createLeaders(pool: Pool) {
  const run = sqlOf(pool);
  return async (
    hostId: UserId,
    of: {
      readonly quizId: QuizId | null;
      readonly week: Week;
      readonly by: LeaderFigure;
      readonly first: number;
    },
  ): Promise<Leader[]> => {
    const values = new Values();
    const rules = [`host_id = ${values.add(hostId)}`, "status = 'FINISHED'"];
    if (of.quizId !== null) rules.push(`quiz_id = ${values.add(of.quizId)}::uuid`);
    if (of.week) rules.push(`joined_at >= ${values.add(of.week.from)}::timestamptz`);
    if (of.week) rules.push(`joined_at < ${values.add(of.week.to)}::timestamptz`);
    const figure = of.by === "BEST" ? "max(score)" : "sum(score)";
    const rows = await run<Omit<Leader, "userId"> & { readonly user_id: UserId | null }>(
      `SELECT user_id, (array_agg(nickname ORDER BY joined_at DESC))[1] AS nickname, ${figure}::float8 AS score,
         count(*)::int AS attempts, (rank() OVER (ORDER BY ${figure} DESC))::int AS rank
       FROM attempt WHERE ${rules.join(" AND ")} GROUP BY COALESCE(user_id, id::text), user_id
       ORDER BY ${figure} DESC, min(joined_at), min(id::text) LIMIT ${values.add(of.first)}`,
      values.all,
    );
    return rows.map(({ user_id, ...row }) => ({ ...row, userId: user_id }));
  };
}
