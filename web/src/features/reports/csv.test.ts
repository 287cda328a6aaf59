import { describe, expect, it } from "vitest";
import { type ExportLabels, exportFileName, formulaSafe, toClipboardText, toCsv } from "./csv.ts";
import { buildResultsTable } from "./resultsTable.ts";
import { anAnswer, anAttempt, aQuestion } from "./testTable.ts";

const labels: ExportLabels = {
  rank: "Rank",
  player: "Player",
  score: "Score",
  correct: "Right",
  answered: "Answered",
  question: (number) => `Q${number}`,
  result: "result",
  points: "points",
  seconds: "seconds",
  verdict: (verdict) => verdict,
};

const attempt = anAttempt("=cmd|' /C calc'!A0", {
  score: 950,
  correctCount: 1,
  answeredCount: 1,
  answers: { edges: [{ node: { ...anAnswer("q1", true, 950), elapsedMs: 2345 } }, null] },
});
const prompt = 'Say "hello", please';
const table = buildResultsTable([attempt], [aQuestion("q1", 1, { prompt }), aQuestion("q2", 2)], "FINISHED");

describe("The exported table", () => {
  it("never begins a cell of text as a formula", () => {
    for (const start of ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
      expect(formulaSafe(`${start}1`)).toBe(`'${start}1`);
    expect(formulaSafe("Ana = best")).toBe("Ana = best");
    expect(toCsv(table, labels)).toContain("'=cmd");
  });

  it("is CSV that Excel reads as UTF-8, quoted where it must be", () => {
    const [heading, line, end] = toCsv(table, labels).split("\r\n");
    expect(heading?.startsWith("\uFEFFRank,Player,Score,Right,Answered,")).toBe(true);
    expect(heading).toContain('"Q1: Say ""hello"", please",Q1 result,Q1 points,Q1 seconds');
    expect(line).toBe("1,'=cmd|' /C calc'!A0,950,1,1,Alpha,right,950,2.345,,missed,0,");
    expect(end).toBe("");
  });

  it("goes to the clipboard with tabs, so that it falls into cells", () => {
    const [, line] = toClipboardText(table, labels).split("\r\n");
    expect(line?.split("\t")).toHaveLength(13);
  });

  it("is named after the quiz, without signs that file systems refuse", () => {
    expect(exportFileName("  A2: Café / “words”? ", "123456", "2026-03-01")).toBe(
      "A2-Café-words_123456_2026-03-01.csv",
    );
    expect(exportFileName("???", "123456", "2026-03-01")).toBe("123456_2026-03-01.csv");
  });
});
