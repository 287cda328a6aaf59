import { answerText } from "./answerText.ts";
import type { ResultsTable, Verdict } from "./resultsTable.ts";

/** The words of an exported table, in the reader's language. */
export interface ExportLabels {
  rank: string;
  player: string;
  score: string;
  correct: string;
  answered: string;
  /** Heading of a question's columns, e.g. "Q3". */
  question: (number: number) => string;
  result: string;
  points: string;
  seconds: string;
  verdict: (verdict: Verdict) => string;
}

type Value = string | number;

/** What spreadsheets take as the beginning of a formula, with the full-width forms that some of them fold. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * A text as spreadsheets may open it: a leading apostrophe keeps what a player typed (`=HYPERLINK(…)`) from being
 * run as a formula. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function formulaSafe(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

function field(value: Value, separator: string): string {
  const text = typeof value === "number" ? String(value) : formulaSafe(value);
  return /["\r\n\t]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as rows of values: one line a player, four columns a question. */
function exportRows(table: ResultsTable, labels: ExportLabels): Value[][] {
  const heading: Value[] = [labels.rank, labels.player, labels.score, labels.correct, labels.answered];
  for (const { number, prompt } of table.questions) {
    const name = labels.question(number);
    heading.push(`${name}: ${prompt}`, `${name} ${labels.result}`);
    heading.push(`${name} ${labels.points}`, `${name} ${labels.seconds}`);
  }
  const lines = [...table.rows]
    .sort((a, b) => a.rank - b.rank)
    .map((row) => {
      const line: Value[] = [row.rank, row.nickname, row.score, row.correctCount, row.answeredCount];
      row.cells.forEach(({ answer, verdict, points }, column) => {
        const question = table.questions[column];
        line.push(answer && question ? answerText(question, answer) : "", labels.verdict(verdict));
        line.push(points, answer ? answer.elapsedMs / 1000 : "");
      });
      return line;
    });
  return [heading, ...lines];
}

const join = (rows: Value[][], separator: string) =>
  rows.map((row) => row.map((value) => field(value, separator)).join(separator)).join("\r\n");

/** The table as CSV (RFC 4180), with the byte-order mark that makes Excel read UTF-8. */
export function toCsv(table: ResultsTable, labels: ExportLabels): string {
  return `\uFEFF${join(exportRows(table, labels), ",")}\r\n`;
}

/** The table as tab-separated text: what spreadsheets take from the clipboard. */
export function toClipboardText(table: ResultsTable, labels: ExportLabels): string {
  return join(exportRows(table, labels), "\t");
}

/** A file name that every system takes: the title's letters and digits, the code, the day. */
export function exportFileName(title: string, code: string, day: string): string {
  const words = title
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${[words, code, day].filter(Boolean).join("_")}.csv`;
}
