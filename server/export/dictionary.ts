import type { ApiIds } from "./apiIds.ts";
import { type ColumnFacts, columnsOf } from "./column.ts";
import { answersTable } from "./tables/answers.ts";
import { attemptsTable } from "./tables/attempts.ts";
import { distractorsTable, statisticsTable } from "./tables/statistics.ts";

/** Every table of the exports. */
export function exportTables(ids: ApiIds) {
  return {
    attempts: attemptsTable(ids),
    answers: answersTable(ids),
    statistics: statisticsTable(ids),
    distractors: distractorsTable(ids),
  };
}
export type ExportTables = ReturnType<typeof exportTables>;

/** What stands in a table, for people and programs. */
export interface TableFacts {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ColumnFacts[];
}

/** The data dictionary: out of the same columns that write the files. */
export function dictionaryOf({
  attempts,
  answers,
  statistics,
  distractors,
}: ExportTables): readonly TableFacts[] {
  const facts = <Row>(table: Parameters<typeof columnsOf<Row>>[0]): TableFacts => ({
    name: table.name,
    description: table.description,
    columns: columnsOf(table).map(({ name, type, description }) => ({ name, type, description })),
  });
  return [facts(attempts), facts(answers), facts(statistics), facts(distractors)];
}
