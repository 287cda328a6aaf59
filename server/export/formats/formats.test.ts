import { describe, expect, test } from "vitest";
import { type Cell, part, type Table } from "../column.ts";
import { csvFormat } from "./csv.ts";
import { ndjsonFormat } from "./ndjson.ts";
import { textChunks } from "./textChunks.ts";
import { xmlText } from "./workbook.ts";

interface Row {
  readonly text: string;
  readonly number: Cell;
}

const table: Table<Row> = {
  name: "things",
  description: "Things.",
  parts: [
    part<Row, Row>({ of: (row) => row, recurs: "ROW" }, [
      { name: "text", type: "TEXT", description: "A text.", read: ({ text }) => text },
      { name: "number", type: "NUMBER", description: "A number.", read: ({ number }) => number },
    ]),
  ],
};
const csv = (text: string, number: Cell = -1) => csvFormat(table, false).row({ text, number });

describe("CSV", () => {
  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00A0=1", "＝1", "＠x", "\n=1"])(
    "puts an apostrophe before %j, which a spreadsheet would run",
    (text) => {
      expect(csv(text).replace(/^"/, "").startsWith(`'${text}`)).toBe(true);
    },
  );

  test.each(["tiny", "a=b", "1-2", "'quoted", "", "é", "-1 would be a number".slice(3)])(
    "leaves %j as it is",
    (text) => {
      expect(csv(text)).toBe(`${text},-1\r\n`);
    },
  );

  test("never changes a number, and leaves nothing for what is not there", () => {
    expect(csv("a", "-0.5")).toBe("a,-0.5\r\n");
    expect(csv("a", null)).toBe("a,\r\n");
  });

  test("quotes what has a comma, a quote or the end of a line in it, behind the apostrophe too", () => {
    expect(csv('=A1,"b"\r\nc')).toBe(`"'=A1,""b""\r\nc",-1\r\n`);
  });
});

test("NDJSON is one line for each row, whatever the texts hold", () => {
  const text = '=1\n"\u2028\u0000 \uD800';
  const line = ndjsonFormat(table).row({ text, number: "1e-7" });
  expect(line.indexOf("\n")).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({ text, number: 1e-7 });
});

test("what XML cannot hold is escaped as Excel reads it back, and what looks like an escape, too", () => {
  expect(xmlText("a<b>&c")).toBe("a&lt;b&gt;&amp;c");
  expect(xmlText("\u0000\u000B\r\uFFFF")).toBe("_x0000__x000B__x000D__xFFFF_");
  expect(xmlText("_x0041_ _y")).toBe("_x005F_x0041_ _y");
  expect(xmlText("😀 \uD83D")).toBe("😀 \uFFFD");
  expect(xmlText("x".repeat(40_000))).toHaveLength(32_767);
});

test("a file without rows is its beginning and its end", async () => {
  async function* nothing(): AsyncGenerator<Row[]> {}
  const chunks: string[] = [];
  for await (const chunk of textChunks(nothing(), csvFormat(table, true))) chunks.push(chunk);
  expect(chunks.join("")).toBe("\uFEFFtext,number\r\n");
});
