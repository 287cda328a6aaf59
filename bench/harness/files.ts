import { readFileSync } from "node:fs";
import { StartError } from "../../server/core/startError.ts";

/** Of a process, beside its connections. */
const OTHER_FILES = 500;

/** A server has all its connections in one process. Throws a StartError where that may not have so many. */
export function requireFiles(connections: number): void {
  const [, limit] = /^Max open files\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
  const needed = connections + OTHER_FILES;
  if (limit === undefined || limit === "unlimited" || Number(limit) >= needed) return;
  throw new StartError(
    `${connections} connections need more open files than the ${limit} that a process may have here: ulimit -n ${needed}`,
  );
}
