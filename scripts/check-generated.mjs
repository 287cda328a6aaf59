// Fails where what is generated and committed is not what the sources give: the printed schema, the typed documents.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const kept = mkdtempSync(join(tmpdir(), "quiz-generated-"));
const documents = join(root, "web/src/graphql/generated");
const schema = join(root, "server/schema.graphql");
const run = (program, ...args) =>
  execFileSync(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });

const stale = [];
try {
  run("tsx/dist/cli.mjs", "scripts/printSchema.ts", join(kept, "schema.graphql"));
  if (!sameFile(schema, join(kept, "schema.graphql"))) stale.push("server/schema.graphql (npm run schema)");

  // The generator writes where its configuration says: what is committed is put back afterwards.
  if (existsSync(documents)) cpSync(documents, join(kept, "documents"), { recursive: true });
  try {
    run("@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.ts", "--silent");
    if (!sameFolder(documents, join(kept, "documents")))
      stale.push("web/src/graphql/generated (npm run codegen)");
  } finally {
    rmSync(documents, { recursive: true, force: true });
    if (existsSync(join(kept, "documents"))) cpSync(join(kept, "documents"), documents, { recursive: true });
  }
} finally {
  rmSync(kept, { recursive: true, force: true });
}

if (stale.length > 0) {
  console.error(`Out of date: ${stale.join(", ")}.`);
  process.exit(1);
}
console.log("What is generated is up to date.");

function sameFile(one, other) {
  return existsSync(one) && existsSync(other) && readFileSync(one).equals(readFileSync(other));
}

function sameFolder(one, other) {
  const names = (folder) =>
    (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  const [left, right] = [names(one), names(other)];
  return left.join() === right.join() && left.every((name) => sameFile(join(one, name), join(other, name)));
}
