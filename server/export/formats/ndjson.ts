import { type CellFormat, rowWriter, type Table } from "../column.ts";

/** Values as they are: numbers and truth values bare, texts unchanged, null where there is nothing. */
const NDJSON: CellFormat = {
  between: ",",
  cellOf({ name, type }) {
    const key = `${JSON.stringify(name)}:`;
    switch (type) {
      case "INTEGER":
      case "NUMBER":
      case "BOOLEAN":
        return (value) => key + value;
      case "TEXT":
        return (value) => key + JSON.stringify(value);
      case "ID":
      case "WORD":
      case "DATE_TIME":
        return (value) => (value === null ? `${key}null` : `${key}"${value}"`);
    }
  },
};

/** One object a line. */
export function ndjsonFormat<Row>(table: Table<Row>) {
  const cells = rowWriter(table, NDJSON);
  return { before: "", row: (row: Row) => `{${cells(row)}}\n`, after: "" };
}
