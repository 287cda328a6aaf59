import { dateKey, idKey, numberKey, type PageRequest } from "../core/page.ts";
import type { Values } from "./attemptFilter.ts";

/** How attempts are ordered: the words of the API's AttemptOrder. */
export type AttemptOrder = "JOINED_AT_DESC" | "JOINED_AT_ASC" | "SCORE_DESC" | "SCORE_ASC";

/** The SQL of an order that the id makes total. */
export interface Keyset {
  /** For ORDER BY, of a relation that has the columns. */
  readonly orderBy: string;
  /** The rows after the cursor; `true` where there is none. Throws a ValidationError for no cursor of this order. */
  readonly after: string;
}

/** What attempts are ordered by. */
export interface OrderColumn {
  readonly column: "joined_at" | "score" | "final_score";
  /** Of `attempt`: which of them have it. */
  readonly has: string;
}

/**
 * The columns that together hold an order of attempts. Scores stand in two: that of a session that goes on changes with every
 * answer, and has no index; those that are final do.
 */
export function columnsOf(order: AttemptOrder): readonly OrderColumn[] {
  if (!order.startsWith("SCORE")) return [{ column: "joined_at", has: "true" }];
  return [
    { column: "final_score", has: "final_score IS NOT NULL" },
    { column: "score", has: "final_score IS NULL" },
  ];
}

/** Of `attempt`, by one of the order's columns. */
export function keysetOf(
  order: AttemptOrder,
  request: PageRequest,
  values: Values,
  column: OrderColumn["column"] = order.startsWith("SCORE") ? "score" : "joined_at",
): Keyset {
  const byScore = column !== "joined_at";
  return keyset(
    { column, type: byScore ? "int" : "timestamptz" },
    { read: byScore ? numberKey : dateKey, descends: order.endsWith("_DESC") },
    request,
    values,
  );
}

export function keyset(
  { column, type }: { readonly column: string; readonly type: string },
  { read, descends }: { readonly read: (key: string) => unknown; readonly descends: boolean },
  { after }: PageRequest,
  values: Values,
): Keyset {
  const direction = descends ? "DESC" : "ASC";
  const orderBy = `${column} ${direction}, id ${direction}`;
  const [key, id] = after ?? [];
  if (key === undefined || id === undefined) return { orderBy, after: "true" };
  const [keyPlace, idPlace] = [values.add(read(key)), values.add(idKey(id))];
  return {
    orderBy,
    after: `(${column}, id) ${descends ? "<" : ">"} (${keyPlace}::${type}, ${idPlace}::uuid)`,
  };
}
