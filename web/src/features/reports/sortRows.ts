import type { ResultsCell, ResultsRow } from "./resultsTable.ts";

/** A column to sort by; a number is the index of a question. */
export type SortKey = "rank" | "name" | "score" | "correct" | number;
export interface Sorting {
  key: SortKey;
  descending: boolean;
}

/** The direction that a column is sorted in first: names and ranks upwards, whatever is earned downwards. */
export function firstDirection(key: SortKey): boolean {
  return key !== "rank" && key !== "name";
}

/** What a click on the heading of `key` makes of the sorting: another column, or the other way round. */
export function sortedBy(current: Sorting, key: SortKey): Sorting {
  if (current.key === key) return { key, descending: !current.descending };
  return { key, descending: firstDirection(key) };
}

const VERDICT_VALUE = { right: 4, partial: 3, withheld: 2, wrong: 1, missed: 0, pending: -1 } as const;

function compareCells(a: ResultsCell | undefined, b: ResultsCell | undefined): number {
  if (!a || !b) return 0;
  return (
    VERDICT_VALUE[a.verdict] - VERDICT_VALUE[b.verdict] ||
    a.points - b.points ||
    (b.answer?.elapsedMs ?? 0) - (a.answer?.elapsedMs ?? 0)
  );
}

function comparison(key: SortKey, collator: Intl.Collator): (a: ResultsRow, b: ResultsRow) => number {
  if (typeof key === "number") return (a, b) => compareCells(a.cells[key], b.cells[key]);
  switch (key) {
    case "rank":
      return (a, b) => a.rank - b.rank;
    case "name":
      return (a, b) => collator.compare(a.nickname, b.nickname);
    case "score":
      return (a, b) => a.score - b.score;
    case "correct":
      return (a, b) => a.correctCount - b.correctCount;
  }
}

/** The rows in the wanted order; equal ones by rank, then as they were. Does not change `rows`. */
export function sortRows(rows: readonly ResultsRow[], sorting: Sorting, locale: string): ResultsRow[] {
  const compare = comparison(sorting.key, new Intl.Collator(locale, { sensitivity: "base", numeric: true }));
  const sign = sorting.descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b) || a.rank - b.rank);
}
