import { readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../server/core/projectRoot.ts";

export interface Machine {
  readonly cores: number;
  readonly model: string;
  readonly memoryGb: number;
  readonly system: string;
}

export function readMachine(): Machine {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${type()} ${release()}`,
  };
}

/** Of Node, and of installed packages. */
export function readVersions(packages: readonly string[]): Record<string, string> {
  const found = packages.map((name) => {
    const file = join(projectRoot, "node_modules", name, "package.json");
    return [name, (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version];
  });
  return { node: process.versions.node, ...Object.fromEntries(found) };
}
