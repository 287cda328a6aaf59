/** What stands in one cell. Numbers may come as PostgreSQL writes them; a moment is ISO 8601 in UTC, with milliseconds. */
export type Cell = string | number | boolean | null;

/** `WORD`: one of a few fixed words. `ID` and `WORD` hold nothing that a format would have to escape. */
export type ColumnType = "ID" | "WORD" | "TEXT" | "INTEGER" | "NUMBER" | "BOOLEAN" | "DATE_TIME";

/** What a column says of itself, in the data dictionary and in the files. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
}

/** A column, and where its cell is found in a record. */
export interface Column<Of> extends ColumnFacts {
  readonly read: (of: Of) => Cell;
}

/** How a format writes a cell. Asked once for each column, so that the answer can be made for its type. */
export interface CellFormat {
  cellOf(column: ColumnFacts): (value: Cell) => string;
  /** What stands between two cells. */
  readonly between: string;
}

/** Columns of a table that stand side by side and speak of the same record. */
export interface Part<Row> {
  readonly columns: readonly ColumnFacts[];
  writer(format: CellFormat): (row: Row) => string;
}

/** How often a record comes again: `ROW` for its own row only, `RUN` for rows one after another, `FILE` all over the file. */
export type Recurrence = "ROW" | "RUN" | "FILE";

/**
 * Columns about one record of a row. Cells of a record that recurs, as the attempt does in all answers of a player, are
 * written once.
 */
export function part<Row, Of extends object>(
  options: { readonly of: (row: Row) => Of; readonly recurs: Recurrence },
  columns: readonly Column<Of>[],
): Part<Row> {
  const { of, recurs } = options;
  return {
    columns,
    writer(format) {
      const cells = columns.map((column) => ({ read: column.read, write: format.cellOf(column) }));
      const written = (record: Of) => {
        let text = "";
        for (const [index, { read, write }] of cells.entries()) {
          text += index === 0 ? write(read(record)) : format.between + write(read(record));
        }
        return text;
      };
      switch (recurs) {
        case "ROW":
          return (row) => written(of(row));
        case "RUN":
          return lastKept(of, written);
        case "FILE":
          return allKept(of, written);
      }
    },
  };
}

function lastKept<Row, Of extends object>(of: (row: Row) => Of, written: (record: Of) => string) {
  let last: Of | undefined;
  let text = "";
  return (row: Row) => {
    const record = of(row);
    if (record !== last) {
      last = record;
      text = written(record);
    }
    return text;
  };
}

function allKept<Row, Of extends object>(of: (row: Row) => Of, written: (record: Of) => string) {
  const known = new WeakMap<Of, string>();
  return (row: Row) => {
    const record = of(row);
    let text = known.get(record);
    if (text === undefined) {
      text = written(record);
      known.set(record, text);
    }
    return text;
  };
}

/** What can be exported as rows. */
export interface Table<Row> {
  readonly name: string;
  readonly description: string;
  readonly parts: readonly Part<Row>[];
}

export function columnsOf<Row>({ parts }: Table<Row>): readonly ColumnFacts[] {
  return parts.flatMap(({ columns }) => columns);
}

/** A function that writes a row's cells, with what the format puts between them. */
export function rowWriter<Row>({ parts }: Table<Row>, format: CellFormat): (row: Row) => string {
  const writers = parts.map((one) => one.writer(format));
  return (row) => {
    let text = "";
    for (const [index, write] of writers.entries())
      text += index === 0 ? write(row) : format.between + write(row);
    return text;
  };
}
