import type { Pool } from "pg";
import type { QuizId, UserId } from "../core/ids.ts";
import { Values } from "./attemptFilter.ts";
import { SHARE_UNIT, sqlOf } from "./rollups/index.ts";

export type ProgressStep = "DAY" | "WEEK" | "MONTH";

/** What a learner did in one step of time. */
export interface ProgressPoint {
  readonly from: Date;
  readonly attempts: number;
  readonly answers: number;
  readonly correct: number;
  /** Mean of the shares earned, 0 to 1; null without answers. */
  readonly meanShare: number | null;
  readonly meanScore: number;
  readonly meanElapsedMs: number | null;
}

/** A learner's finished attempts over time, oldest first: all of them, or those in sessions of one host. */
export function createProgress(pool: Pool) {
  const run = sqlOf(pool);
  return (
    learnerId: UserId,
    of: { readonly hostId: UserId | null; readonly quizId: QuizId | null; readonly step: ProgressStep },
  ): Promise<ProgressPoint[]> => {
    const values = new Values();
    const rules = [`attempt.user_id = ${values.add(learnerId)}`, "attempt.status = 'FINISHED'"];
    if (of.hostId !== null) rules.push(`attempt.host_id = ${values.add(of.hostId)}`);
    if (of.quizId !== null) rules.push(`attempt.quiz_id = ${values.add(of.quizId)}::uuid`);
    const step = values.add(of.step.toLowerCase());
    return run<ProgressPoint>(
      `SELECT date_trunc(${step}, joined_at, 'UTC') AS "from", count(*)::int AS attempts,
         sum(given.answers)::int AS answers, sum(given.correct)::int AS correct, avg(score)::float8 AS "meanScore",
         (sum(given.shares) / NULLIF(sum(given.answers), 0) / ${SHARE_UNIT})::float8 AS "meanShare",
         (sum(given.elapsed) / NULLIF(sum(given.answers), 0))::float8 AS "meanElapsedMs"
       FROM attempt CROSS JOIN LATERAL (
         SELECT count(*) AS answers, count(*) FILTER (WHERE correct) AS correct, COALESCE(sum(elapsed_ms), 0) AS elapsed,
           COALESCE(sum(round(share * ${SHARE_UNIT})), 0) AS shares FROM answer WHERE answer.attempt_id = attempt.id
       ) AS given WHERE ${rules.join(" AND ")} GROUP BY 1 ORDER BY 1`,
      values.all,
    );
  };
}
