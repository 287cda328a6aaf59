import { expect, test } from "vitest";
import { globalId } from "../graphql/globalIds.ts";
import { dictionaryOf, exportTables, type TableFacts } from "./dictionary.ts";

const dictionary = dictionaryOf(exportTables({ write: globalId as never, read: () => null }));

/** The dictionary as a page of the documentation. */
function pageOf(tables: readonly TableFacts[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const sections = tables.map(({ name, description, columns }) =>
    [
      `## ${name}\n\n${description}\n`,
      "| column | type | |",
      "|---|---|---|",
      ...columns.map((column) => `| \`${column.name}\` | ${column.type} | ${cell(column.description)} |`),
    ].join("\n"),
  );
  return `${["# The columns of exports", INTRODUCTION, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `What stands in the files under /export, made from the same definitions that write them (a test keeps this page up:
\`npx vitest run server/export -u\`). A running server tells the same at /export/dictionary.json and /export/dictionary.csv. How to
get files is in [API.md](API.md).

ID: as in the API, unless it says UUID; several have a space between them. WORD: one of a few fixed words. TEXT: anything; in CSV with an
apostrophe in front where a spreadsheet would take it for a formula. INTEGER, NUMBER: with a point, no grouping. BOOLEAN: true or false.
DATE_TIME: ISO 8601 in UTC with milliseconds; in XLSX a date of Excel's that looks like it. What is not there is an empty cell, in
NDJSON null.`;

test("the documentation lists every column of every export", async () => {
  await expect(pageOf(dictionary)).toMatchFileSnapshot("../../docs/EXPORTS.md");
});

test("no table has two columns of one name, and all names suit SQL, R and Python", () => {
  for (const { columns } of dictionary) {
    const names = columns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  }
});
