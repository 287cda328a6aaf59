import { types } from "pg";
import { expect, test } from "vitest";
import { arrayText } from "./arrayText.ts";

/** As the driver reads what PostgreSQL writes. */
const read = (type: number, text: string): unknown => types.getTypeParser(type)(text);
const [TEXTS, INTS, FLOATS] = [1009, 1007, 1022];

test("texts come back as they were, whatever is in them", () => {
  const texts = [
    "",
    " ",
    "NULL",
    "null",
    'say "no"',
    "back\\slash",
    "{a,b}",
    ",",
    "'",
    "\n\u001f",
    "ä€😀",
    null,
  ];
  expect(read(TEXTS, arrayText("text", texts))).toEqual(texts);
  expect(read(TEXTS, arrayText("text", [""]))).toEqual([""]);
});

test("numbers, times and nothing come back, too", () => {
  expect(read(INTS, arrayText("int", [1, null, -2, undefined]))).toEqual([1, null, -2, null]);
  expect(read(FLOATS, arrayText("float8", [0.1, 1e-7]))).toEqual([0.1, 1e-7]);
  expect(arrayText("bool", [true, false])).toBe("{true,false}");
  expect(arrayText("timestamptz", ["2030-01-01T00:00:00.000Z", null])).toBe(
    "{2030-01-01T00:00:00.000Z,NULL}",
  );
  expect(arrayText("int", [])).toBe("{}");
});
