import type { KeptLetter, Replayed } from "../journal/index.ts";

/** What is in a letter may be anything: one line of it, and nothing that a terminal would obey. */
const printable = (text: string) => text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();

const HEAD = ["id", "put aside", "session", "version", "kind", "error"];

/** A table with one line for each letter. */
export function tableOf(letters: readonly KeptLetter[]): string {
  const rows = letters.map((letter) =>
    [
      letter.id,
      letter.at.toISOString(),
      letter.sessionId ?? "-",
      letter.version === null ? "-" : String(letter.version),
      letter.kind ?? "-",
      letter.error,
    ].map(printable),
  );
  const lines = [HEAD, ...rows];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** One line for what became of a letter. */
export function outcomeOf(letter: KeptLetter, replayed: Replayed): string {
  const { id, sessionId, version, kind } = letter;
  const names = [sessionId && `session ${sessionId}`, version && `version ${version}`, kind].filter(Boolean);
  return printable(`${[id, ...names].join(", ")}: ${wordsFor(replayed)}`);
}

function wordsFor(replayed: Replayed): string {
  switch (replayed.kind) {
    case "written":
      return "written";
    case "gone":
      return "dealt with by somebody else meanwhile";
    case "refused":
      return `refused again: ${replayed.error.message}`;
  }
}

export const lettersOf = (count: number) => `${count} dead letter${count === 1 ? "" : "s"}`;

/** The last line of a replay. */
export function summaryOf(counts: Readonly<Record<Replayed["kind"], number>>): string {
  const { written, refused, gone } = counts;
  const others = gone > 0 ? `, ${gone} dealt with by somebody else` : "";
  return `${written} written, ${refused} refused again${others}`;
}
