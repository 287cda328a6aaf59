import { storable } from "../session/domain/folding.ts";

/** What attempts a list holds; every rule that is given must hold. */
export interface AttemptFilter {
  readonly quizId?: string;
  readonly sessionId?: string;
  readonly userId?: string;
  readonly nickname?: string;
  readonly joinedAfter?: Date;
  readonly joinedBefore?: Date;
  readonly minScore?: number;
  readonly maxScore?: number;
}

/** Collects the values of a statement, and gives their places in it: `$4`. */
export class Values {
  readonly all: unknown[];
  readonly #offset: number;

  /** `offset`: how many values the statement has before these. */
  constructor(offset = 0) {
    this.all = [];
    this.#offset = offset;
  }

  add(value: unknown): string {
    this.all.push(value);
    return `$${this.#offset + this.all.length}`;
  }
}

/** ILIKE gives three characters a meaning. */
const literally = (text: string) => storable(text).replace(/[\\%_]/g, "\\$&");

/** The rules of a filter as SQL about `attempt`, joined by AND; `true` where there is none. */
export function filterSql(filter: AttemptFilter, values: Values): string {
  const rules: string[] = [];
  const rule = (value: unknown, sql: (place: string) => string) => {
    if (value !== undefined) rules.push(sql(values.add(value)));
  };
  rule(filter.quizId, (place) => `attempt.quiz_id = ${place}::uuid`);
  rule(filter.sessionId, (place) => `attempt.session_id = ${place}::uuid`);
  rule(filter.userId, (place) => `attempt.user_id = ${place}`);
  rule(
    filter.nickname === undefined ? undefined : literally(filter.nickname),
    (place) => `attempt.nickname ILIKE ${place}`,
  );
  rule(filter.joinedAfter, (place) => `attempt.joined_at > ${place}::timestamptz`);
  rule(filter.joinedBefore, (place) => `attempt.joined_at < ${place}::timestamptz`);
  rule(filter.minScore, (place) => `attempt.score >= ${place}`);
  rule(filter.maxScore, (place) => `attempt.score <= ${place}`);
  return rules.length === 0 ? "true" : rules.join(" AND ");
}
