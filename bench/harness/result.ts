import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Machine, readMachine, readVersions } from "./machine.ts";
import type { BenchOptions } from "./options.ts";

export type Cell = string | number | null;

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  /** The first cell is the row's name. */
  readonly rows: readonly (readonly Cell[])[];
}

/** What a bench has found, as it is kept and published. */
export interface BenchResult {
  readonly bench: string;
  /** When it ended. */
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly tables: readonly Table[];
  /** The last line, in its order. */
  readonly ratios: Readonly<Record<string, Cell>>;
}

export interface Found {
  readonly bench: string;
  /** Packages whose versions count, beside Node's. */
  readonly packages: readonly string[];
  /** Of what is no package. */
  readonly engines?: Readonly<Record<string, string>>;
  readonly tables: readonly Table[];
  readonly ratios: Readonly<Record<string, Cell>>;
}

/** Prints what was found, ends with one line of ratios, and writes it as JSON where that was asked for. */
export function publish(found: Found, { command, json }: BenchOptions): void {
  const { bench, packages, engines = {}, tables, ratios } = found;
  const result: BenchResult = {
    bench,
    date: new Date().toISOString(),
    command,
    machine: readMachine(),
    versions: { ...readVersions(packages), ...engines },
    tables,
    ratios,
  };
  for (const { title, columns, rows } of tables) {
    console.log(`\n${title}`);
    console.table(
      Object.fromEntries(
        rows.map(([name, ...cells]) => [
          String(name),
          Object.fromEntries(cells.map((cell, index) => [columns[index + 1] ?? index, cell ?? "–"])),
        ]),
      ),
    );
  }
  if (json !== undefined) {
    mkdirSync(dirname(json), { recursive: true });
    writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
    console.log(`Written to ${json}.`);
  }
  const line = Object.entries(ratios).map(([key, value]) => `${key}=${value ?? "?"}`);
  console.log(`${bench}: ${line.join(" ")}`);
}
