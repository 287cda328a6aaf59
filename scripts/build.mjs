// Builds what is out of date: each step keeps a hash of its inputs in dist/.stamp.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const node = process.execPath;

/** @typedef {{ name: string, inputs: string[], ignored?: string[], output: string, command: string[], after?: Step }} Step */

const bin = (path) => join(root, "node_modules", path);

/** @type {Step[]} */
const steps = [
  {
    name: "web app",
    inputs: ["web", "package-lock.json"],
    ignored: ["web/playground", "web/src/graphql/generated/.cache"],
    output: "dist/web/index.html",
    command: ["scripts/build-page.mjs", "web/vite.config.ts", "dist/web"],
  },
  {
    name: "database client",
    inputs: ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"],
    output: "server/generated/prisma/client.ts",
    command: [bin("prisma/build/index.js"), "generate"],
    after: {
      name: "server",
      inputs: ["server", "scripts/build-server.mjs", "package-lock.json"],
      output: "dist/server/main.js",
      command: ["scripts/build-server.mjs"],
    },
  },
  {
    name: "playground",
    inputs: ["web/playground", "package-lock.json"],
    output: "dist/playground/index.html",
    command: ["scripts/build-page.mjs", "web/playground/vite.config.ts", "dist/playground"],
  },
];

/** Brings everything up to date, or only the steps of these names; rejects where a step fails. */
export async function build(only) {
  const wanted = (step) => only === undefined || only.includes(step.name);
  await Promise.all(
    steps.map(async (step) => {
      if (wanted(step)) await runIfStale(step);
      if (step.after !== undefined && wanted(step.after)) await runIfStale(step.after);
    }),
  );
}

async function runIfStale(step) {
  const stamp = join(root, "dist", ".stamp", step.name.replaceAll(" ", "-"));
  const hash = hashOf(step);
  if (existsSync(join(root, step.output)) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash)
    return;
  rmSync(stamp, { force: true });
  const began = performance.now();
  await run(step);
  mkdirSync(join(root, "dist", ".stamp"), { recursive: true });
  writeFileSync(stamp, hash);
  console.log(`  built the ${step.name} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function hashOf({ inputs, ignored = [] }) {
  const hash = createHash("sha256");
  for (const path of inputs.flatMap((input) => filesIn(join(root, input)))) {
    const name = relative(root, path).split(sep).join("/");
    if (name.endsWith(".test.ts") || ignored.some((folder) => name.startsWith(`${folder}/`))) continue;
    hash.update(`${name}\0`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

/** The output is shown only where the step fails. */
function run({ name, command }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, command, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = [];
    child.stdout.on("data", (data) => output.push(data));
    child.stderr.on("data", (data) => output.push(data));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(new Error(`The ${name} cannot be built.`));
    });
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const only = process.argv.slice(2);
  await build(only.length > 0 ? only : undefined).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
