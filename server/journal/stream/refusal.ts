import { DatabaseError } from "pg";
import { dataError } from "../dataError.ts";

/** Connection, authorization, database unknown, resources, operator's intervention, system: nobody is there to ask. */
const AWAY = /^(08|28|3D|53|57|58)/;
/** Undefined columns and tables, missing rights, and a null where the schema wants a value. */
const STATEMENT = /^(42|23502$)/;
/** Serialization failures and deadlocks. */
const TRANSIENT = /^40/;

const codeOf = (error: unknown) => (error instanceof DatabaseError ? (error.code ?? "") : null);

/**
 * Whether an entry is what PostgreSQL refuses: neither PostgreSQL nor the statement is to blame, and the same entry will be
 * refused again. A null in a column that wants a value is none of its faults, though the class says so: entries are read by
 * `readEntry`, after which nothing that such a column gets can be null. It is what a worker meets that writes to the schema of
 * a newer version, in which a column was added that it does not know; its entries are in order, and wait for a worker that
 * does.
 */
export const refusesEntry = (error: unknown) => dataError(error) && !STATEMENT.test(codeOf(error) ?? "");

/** Whether PostgreSQL was reached and refuses the statements themselves, in the worker's version or at this moment. */
export function refusesStatement(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && !AWAY.test(code) && !refusesEntry(error);
}

/** Whether the same transaction is likely to succeed when it is done again at once. */
export const isTransient = (error: unknown) => TRANSIENT.test(codeOf(error) ?? "");
