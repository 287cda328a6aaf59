import { readId } from "./ids.ts";
import { ValidationError } from "./refusals.ts";

/** One page of a list that is read forwards by a cursor. */
export interface Page<Item> {
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page of a list that can be counted: the count costs a query of its own, so it is asked for. */
export interface CountedPage<Item> extends Page<Item> {
  totalCount(): Promise<number>;
}

/** How much of a list is wanted: at most `first` items, those after the keys of a cursor. */
export interface PageRequest {
  readonly first: number;
  /** The keys that `pageOf` put into the cursor; null for the beginning. */
  readonly after: readonly string[] | null;
}

export const PAGE_SIZE_LIMIT = 200;
const DEFAULT_PAGE_SIZE = 50;

/**
 * Reads the arguments of a list: `first` 1-200, 50 unless told.
 * @throws ValidationError where `first` is out of range or `after` is no cursor of a list with `keyCount` keys
 */
export function readPageRequest(
  args: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
  keyCount: number,
): PageRequest {
  const first = args.first ?? DEFAULT_PAGE_SIZE;
  if (first < 1 || first > PAGE_SIZE_LIMIT) {
    throw ValidationError.of(["first"], `first must be from 1 to ${PAGE_SIZE_LIMIT}.`);
  }
  if (args.after === null || args.after === undefined) return { first, after: null };
  const after = decodeCursor(args.after);
  if (after?.length !== keyCount) throw notACursor();
  return { first, after };
}

/** A page out of rows that were read with one more than asked for, which tells whether there is a next page. */
export function pageOf<Row, Item>(
  request: PageRequest,
  rows: readonly Row[],
  keys: (row: Row) => readonly string[],
  node: (row: Row) => Item,
): Page<Item> {
  return {
    edges: rows.slice(0, request.first).map((row) => ({ cursor: encodeCursor(keys(row)), node: node(row) })),
    hasNextPage: rows.length > request.first,
    hasPreviousPage: request.after !== null,
  };
}

/** A key that is a date, as `toISOString` wrote it. @throws ValidationError */
export function dateKey(key: string | undefined): Date {
  const date = new Date(/^\d{4}-/.test(key ?? "") ? (key ?? "") : Number.NaN);
  if (Number.isNaN(date.getTime())) throw notACursor();
  return date;
}

/** A key that is a whole number from 0. @throws ValidationError */
export function numberKey(key: string | undefined): number {
  if (!/^\d{1,9}$/.test(key ?? "")) throw notACursor();
  return Number(key);
}

/** A key that is the id of a row. @throws ValidationError */
export function idKey(key: string | undefined): string {
  const id = readId(key ?? "");
  if (!id) throw notACursor();
  return id;
}

function notACursor(): ValidationError {
  return ValidationError.of(["after"], "after is not a cursor of this list.");
}

function encodeCursor(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString("base64url");
}

function decodeCursor(cursor: string): readonly string[] | null {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(keys) && keys.every((key) => typeof key === "string") ? keys : null;
  } catch {
    return null;
  }
}
