import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { StartError } from "../../server/core/startError.ts";

/** Says so at once where the figures could not be had. Throws a StartError. */
export function requireProcfs(): void {
  if (!existsSync("/proc/self/stat")) {
    throw new StartError(
      "Benches read CPU times and memory of processes from /proc, so they need Linux (or a container).",
    );
  }
}

let tickMs: number | undefined;

/** CPU time that all threads of a process have used so far, in user space and in the kernel, in milliseconds. */
export function cpuMsOf(pid: number): number {
  tickMs ??= 1000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name of the program comes second, in parentheses, and may have blanks; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Memory that is resident for a process alone, in bytes: what it shares with others, such as program text, is left out. */
export function ownMemoryOf(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  let kilobytes = 0;
  for (const [, amount] of rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm))
    kilobytes += Number(amount);
  return kilobytes * 1024;
}
