import type { Pool } from "pg";

/** A row as PostgreSQL writes it: reading every number and moment only to write it again would take most of the time. */
export type RawRow = readonly (string | null)[];

const AS_WRITTEN = { getTypeParser: () => (text: string) => text };

/** Runs a statement whose cells stay the text that PostgreSQL sends. */
export async function rawRows(pool: Pool, text: string, values: readonly unknown[]): Promise<RawRow[]> {
  const { rows } = await pool.query<(string | null)[]>({
    text,
    values: [...values],
    rowMode: "array",
    types: AS_WRITTEN,
  });
  return rows;
}

/** SQL that gives a moment in the form that `isoMoment` reads, whatever the connection's time zone. */
export const momentSql = (column: string) => `(${column} AT TIME ZONE 'UTC')::text`;

/** `2026-03-01 09:30:00.5` of PostgreSQL, in UTC, as ISO 8601 with milliseconds. */
export function isoMoment(text: string): string {
  // 2026-03-01 09:30:00 has 19 characters; zeros at the end of the fraction are left out.
  const fraction = text.length > 20 ? text.slice(20, 23).padEnd(3, "0") : "000";
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
}

/** A cell that PostgreSQL never leaves empty. */
export function cell(row: RawRow, index: number): string {
  const value = row[index];
  if (value === null || value === undefined) throw new Error(`Column ${index} of a row is empty`);
  return value;
}
