import { type CellFormat, type ColumnFacts, columnsOf, rowWriter, type Table } from "../column.ts";
import { beginSheet, END_OF_SHEET, TEXT_CELL, workbookFiles, xmlText } from "./workbook.ts";
import { ZipStream } from "./zipStream.ts";

/** Excel's, the header among them. */
const MOST_ROWS = 1_048_576;
const CHUNK = 128 * 1024;
/** Excel counts days from the last of 1899, as if 1900 had been a leap year. */
const DAYS_TO_1970 = 25_569;
const DAY_MS = 86_400_000;
const BOLD = 1;
const DATE_TIME = 2;

const XLSX: CellFormat = {
  between: "",
  cellOf({ type }) {
    const written =
      (write: (value: string | number | boolean) => string) =>
      (value: Parameters<ReturnType<CellFormat["cellOf"]>>[0]) =>
        value === null ? "<c/>" : write(value);
    switch (type) {
      case "INTEGER":
      case "NUMBER":
        return written((value) => `<c><v>${value}</v></c>`);
      case "BOOLEAN":
        return written((value) => `<c t="b"><v>${value ? 1 : 0}</v></c>`);
      case "DATE_TIME":
        return written(
          (value) => `<c s="${DATE_TIME}"><v>${Date.parse(String(value)) / DAY_MS + DAYS_TO_1970}</v></c>`,
        );
      case "ID":
      case "WORD":
      case "TEXT":
        return written((value) => TEXT_CELL(xmlText(String(value))));
    }
  },
};

const WIDTHS: Readonly<Record<ColumnFacts["type"], number>> = {
  ...{ ID: 20, WORD: 16, TEXT: 32, INTEGER: 12, NUMBER: 12, BOOLEAN: 10, DATE_TIME: 25 },
};

/**
 * A workbook for Excel, written as it goes: the rows on as many sheets as they need, then the data dictionary. Moments are
 * dates that Excel reckons with, in UTC, shown as ISO 8601; texts are never formulas.
 */
export async function* xlsxChunks<Row>(
  table: Table<Row>,
  pages: AsyncIterable<Iterable<Row>>,
): AsyncGenerator<Uint8Array> {
  const columns = columnsOf(table);
  const cells = rowWriter(table, XLSX);
  const header = `<row>${columns.map(({ name }) => TEXT_CELL(name, BOLD)).join("")}</row>`;
  const zip = new ZipStream();
  const sheets: string[] = [];
  const begin = () => {
    sheets.push(sheets.length === 0 ? table.name : `${table.name} ${sheets.length + 1}`);
    return zip.file(`xl/worksheets/sheet${sheets.length}.xml`);
  };
  const opening = beginSheet(columns.map(({ type }) => WIDTHS[type])) + header;
  try {
    let file = begin();
    let text = opening;
    let rows = 1;
    for await (const page of pages) {
      for (const row of page) {
        if (rows === MOST_ROWS) {
          await file.end(text + END_OF_SHEET);
          file = begin();
          [text, rows] = [opening, 1];
        }
        text += `<row>${cells(row)}</row>`;
        rows += 1;
        if (text.length < CHUNK) continue;
        await file.write(text);
        text = "";
        yield* zip.written();
      }
    }
    await file.end(text + END_OF_SHEET);
    sheets.push("dictionary");
    await zip.file(`xl/worksheets/sheet${sheets.length}.xml`).end(dictionarySheet(columns));
    for (const [name, content] of workbookFiles(sheets)) await zip.file(name).end(content);
    zip.end();
    yield* zip.written();
  } finally {
    zip.close();
  }
}

function dictionarySheet(columns: readonly ColumnFacts[]): string {
  const line = (texts: readonly string[], style?: number) =>
    `<row>${texts.map((text) => TEXT_CELL(xmlText(text), style)).join("")}</row>`;
  return (
    beginSheet([24, 12, 100]) +
    line(["column", "type", "description"], BOLD) +
    columns.map(({ name, type, description }) => line([name, type, description])).join("") +
    END_OF_SHEET
  );
}
