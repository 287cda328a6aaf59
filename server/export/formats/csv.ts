import { type CellFormat, type ColumnFacts, columnsOf, rowWriter, type Table } from "../column.ts";

/**
 * What a spreadsheet takes for the beginning of a formula, which may send data away or start programs; also behind spaces, and
 * in the wide forms that East Asian input methods type.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;
const QUOTED = /[",\r\n]/;
/** By this, and nothing else, Excel knows that a file is UTF-8. */
const MARK = "\uFEFF";

const csvText = (value: string) => {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

/** RFC 4180. Texts that a spreadsheet would run get an apostrophe in front; an empty cell is nothing at all. */
const CSV: CellFormat = {
  between: ",",
  cellOf: ({ type }: ColumnFacts) =>
    type === "TEXT"
      ? (value) => (value === null ? "" : csvText(String(value)))
      : (value) => (value === null ? "" : `${value}`),
};

export function csvFormat<Row>(table: Table<Row>, mark: boolean) {
  const cells = rowWriter(table, CSV);
  const header = columnsOf(table).map(({ name }) => name);
  return {
    before: `${mark ? MARK : ""}${header.join(",")}\r\n`,
    row: (row: Row) => `${cells(row)}\r\n`,
    after: "",
  };
}
