import { median, rounded } from "../harness/figures.ts";
import type { Cell, Table } from "../harness/result.ts";
import type { RoundFigures } from "./round.ts";

type Measured = Readonly<Record<string, readonly RoundFigures[]>>;
/** By the players of the session. */
type Growth = Readonly<Record<number, Measured>>;

const cpuOf = (measured: Measured, name: string): number =>
  median((measured[name] ?? []).map(({ cpu }) => cpu));
const ratio = (value: number): Cell => (Number.isFinite(value) ? rounded(value) : null);

export function tablesOf(measured: Measured, growth: Growth): Table[] {
  const yoga = cpuOf(measured, "Yoga, http");
  const rawWs = cpuOf(measured, "raw ws");
  const rows = Object.entries(measured).map(([name, rounds]) => {
    const cpu = cpuOf(measured, name);
    const p95 = median(rounds.map(({ p95Ms }) => p95Ms));
    return [name, rounded(cpu), ratio(cpu / rawWs), ratio(cpu / yoga), rounded(p95)];
  });
  const answers: Table = {
    title: "An answer: CPU of the server that takes it, in µs",
    columns: ["server", "µs", "× raw ws", "× Yoga", "p95, ms"],
    rows,
  };
  const names = [...new Set(Object.values(growth).flatMap((sized) => Object.keys(sized)))];
  const grown: Table = {
    title: "The same by the players of the session, in µs",
    columns: ["players", ...names],
    rows: Object.entries(growth).map(([size, sized]) => [
      size,
      ...names.map((name) => ratio(cpuOf(sized, name))),
    ]),
  };
  return names.length > 0 ? [answers, grown] : [answers];
}

/** `growth`: from the smallest session to the largest, ours against raw. */
export function ratiosOf(measured: Measured, growth: Growth): Record<string, Cell> {
  const cpu = (name: string) => cpuOf(measured, name);
  const sizes = Object.values(growth);
  const grown = (name: string) => cpuOf(sizes.at(-1) ?? {}, name) / cpuOf(sizes[0] ?? {}, name);
  return {
    "ws/raw": ratio(cpu("ours, ws") / cpu("raw ws")),
    "http/yoga": ratio(cpu("ours, http") / cpu("Yoga, http")),
    "http/raw": ratio(cpu("ours, http") / cpu("raw http")),
    "yoga/raw": ratio(cpu("Yoga, http") / cpu("raw http")),
    "mercurius/raw": ratio(cpu("mercurius, http") / cpu("raw http")),
    growth: ratio(grown("ours, ws")),
    growth_raw: ratio(grown("raw ws")),
  };
}
