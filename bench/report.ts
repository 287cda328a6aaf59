// npm run bench report [-- FILE…]     writes results into docs/BENCHMARKS.md; all of docs/benchmarks/ unless told which
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../server/core/projectRoot.ts";
import type { BenchResult, Cell, Table } from "./harness/result.ts";

const PAGE = join(projectRoot, "docs", "BENCHMARKS.md");
const RESULTS = join(projectRoot, "docs", "benchmarks");

export async function run(files: readonly string[]): Promise<void> {
  let page = readFileSync(PAGE, "utf8");
  for (const file of files.length > 0 ? files : keptResults()) {
    const result = JSON.parse(readFileSync(file, "utf8")) as BenchResult;
    page = withSection(page, result.bench, sectionOf(result));
    console.log(`${result.bench}: as of ${result.date}`);
  }
  writeFileSync(PAGE, page);
}

function keptResults(): string[] {
  if (!existsSync(RESULTS)) return [];
  return readdirSync(RESULTS)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(RESULTS, name));
}

/** In place of what stands between the bench's two marks; at the end of the page where it has none. */
function withSection(page: string, bench: string, section: string): string {
  const [begin, end] = [`<!-- results of ${bench} -->`, `<!-- end of ${bench} -->`];
  const text = `${begin}\n\n${section}\n\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${text}\n`;
  return page.slice(0, from) + text + page.slice(to + end.length);
}

function sectionOf({ bench, command, date, machine, versions, tables, ratios }: BenchResult): string {
  const line = Object.entries(ratios).map(([key, value]) => `${key}=${value ?? "?"}`);
  const { cores, model, memoryGb, system } = machine;
  const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `\`${command}\` on ${date.slice(0, 10)}: ${cores} cores of ${model}, ${memoryGb} GB, ${system}; ${made.join(", ")}.`,
    ...tables.map(markdownOf),
    `\`\`\`\n${bench}: ${line.join(" ")}\n\`\`\``,
  ].join("\n\n");
}

function markdownOf({ title, columns, rows }: Table): string {
  const row = (cells: readonly Cell[]) => `| ${cells.map((cell) => cell ?? "–").join(" | ")} |`;
  const rule = columns.map((_, index) => (index === 0 ? "---" : "---:"));
  return [`**${title}**`, "", row(columns), row(rule), ...rows.map(row)].join("\n");
}
