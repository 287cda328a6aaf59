import { median, rounded } from "../harness/figures.ts";
import type { Cell, Table } from "../harness/result.ts";
import type { ProbeFigures } from "./probe.ts";
import type { RoundFigures } from "./round.ts";

/** What was found of one server with so many followers. */
export interface Measured {
  readonly name: string;
  readonly followers: number;
  readonly rounds: readonly RoundFigures[];
  readonly bytesPerFollower: number;
  /** CPU while nothing happens, in ms a second. */
  readonly idle: number;
}

const RAW = "raw";
const GOAL_SIZE = 5_000;
const COLUMNS = [
  "",
  "CPU µs a message",
  "CPU × raw",
  "last client, ms",
  "last × raw",
  "first to last, ms",
  "KB a client",
  "idle, ms/s",
];

/** One table for each number of followers. */
export function tablesOf(all: readonly Measured[]): readonly Table[] {
  return sizesOf(all).map((size) => {
    const rows = all.filter(({ followers }) => followers === size);
    const raw = rows.find(({ name }) => name === RAW);
    return {
      title: `A leaderboard of 1 KB to ${size.toLocaleString("en")} clients`,
      columns: COLUMNS,
      rows: rows.map((row) => [
        row.name,
        rounded(medianOf(row, "cpu")),
        raw ? rounded(ratio(row, raw, "cpu")) : null,
        rounded(medianOf(row, "last")),
        raw ? rounded(ratio(row, raw, "last")) : null,
        rounded(medianOf(row, "spread")),
        rounded(row.bytesPerFollower / 1024),
        rounded(row.idle),
      ]),
    };
  });
}

/** Ours and the peers as multiples of raw: the worst of the sizes that the goals are for. */
export function ratiosOf(all: readonly Measured[], probe: ProbeFigures | null): Record<string, Cell> {
  const sizes = sizesOf(all);
  const large = sizes.filter((size) => size >= GOAL_SIZE);
  const worst = (name: string, value: (row: Measured, raw: Measured) => number): number | null => {
    const valuesAt = (among: readonly number[]) =>
      among.flatMap((size) => {
        const [row, raw] = [find(all, name, size), find(all, RAW, size)];
        return row && raw ? [value(row, raw)] : [];
      });
    const atGoal = valuesAt(large);
    // Who does not stand with so many is compared where they were the most.
    const values = atGoal.length > 0 ? atGoal : valuesAt(sizes).slice(-1);
    return values.length > 0 ? rounded(Math.max(...values)) : null;
  };
  const cpu = (name: string) => worst(name, (row, raw) => ratio(row, raw, "cpu"));
  const kilobytes = worst("ours", (row, raw) => (row.bytesPerFollower - raw.bytesPerFollower) / 1024);
  return {
    "ours/raw": cpu("ours"),
    "last/raw": worst("ours", (row, raw) => ratio(row, raw, "last")),
    "kb/raw": kilobytes === null ? null : `${kilobytes < 0 ? "" : "+"}${kilobytes}`,
    "socketio/raw": cpu("socketio"),
    "graphql-ws/raw": cpu("graphql-ws"),
    "yoga/raw": cpu("yoga"),
    "mercurius/raw": cpu("mercurius"),
    "growth/raw": growthOf(all),
    "answer_p99/quiet": probe && rounded(probe.busyP99 / probe.quietP99),
  };
}

export function probeTable(probe: ProbeFigures, followers: number): Table {
  const row = (name: string, p50: number, p99: number) => [name, rounded(p50), rounded(p99)];
  return {
    title: `Answers in another session, over WebSocket, while frames go out to ${followers.toLocaleString("en")} clients`,
    columns: ["", "p50 ms", "p99 ms"],
    rows: [
      row("quiet", probe.quietP50, probe.quietP99),
      row(`while frames go out (${probe.answers} answers)`, probe.busyP50, probe.busyP99),
    ],
  };
}

/** How much more a message costs from the fewest to the most followers, as a multiple of raw's own growth. */
function growthOf(all: readonly Measured[]): number | null {
  const sizes = sizesOf(all);
  const grown = (name: string) => {
    const [few, many] = [find(all, name, sizes[0] ?? 0), find(all, name, sizes.at(-1) ?? 0)];
    return few && many && few !== many ? medianOf(many, "cpu") / medianOf(few, "cpu") : null;
  };
  const [own, raw] = [grown("ours"), grown(RAW)];
  return own === null || raw === null ? null : rounded(own / raw);
}

const sizesOf = (all: readonly Measured[]) =>
  [...new Set(all.map(({ followers }) => followers))].sort((a, b) => a - b);

const find = (all: readonly Measured[], name: string, size: number) =>
  all.find((row) => row.name === name && row.followers === size);

const medianOf = ({ rounds }: Measured, figure: keyof RoundFigures) =>
  median(rounds.map((round) => round[figure]));

/** Round by round, since what else the machine does meets both. */
const ratio = (row: Measured, raw: Measured, figure: keyof RoundFigures) =>
  median(row.rounds.map((round, index) => round[figure] / (raw.rounds[index]?.[figure] ?? Number.NaN)));
