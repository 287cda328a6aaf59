import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `prisma/` and `dist/`: the same from the sources and from the bundle. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(join(folder, "prisma", "schema.prisma"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("No folder above this file holds prisma/schema.prisma.");
  return findRoot(parent);
}
