// npm test: sees that everything the tests need is there, builds once, runs vitest and then Playwright, and ends with
// one line of counts. Failures of either, and no tests at all, are a failure.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";
import { findChromium, findNginx, findPostgres, findPromtool, findRedis } from "./test-needs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, "test-results");
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const env = { ...process.env, CI: process.env.CI ?? "1" };
let broken = false;
try {
  env.CHROMIUM_PATH = findChromium();
  env.REDIS_BIN = findRedis();
  env.PROMTOOL_BIN = findPromtool();
  env.NGINX_BIN = findNginx();
  const postgres = findPostgres();
  if (postgres !== null) env.POSTGRES_BIN = postgres;
  await build();
} catch (error) {
  console.error(error.message);
  broken = true;
}

const counts = { passed: 0, failed: 0, skipped: 0 };
if (!broken) {
  await runSuite(
    "vitest/vitest.mjs",
    ["run", "--reporter=default", "--reporter=json", "--outputFile.json=test-results/unit.json"],
    "unit.json",
    ofVitest,
  );
  await runSuite("@playwright/test/cli.js", ["test"], "browser.json", ofPlaywright);
}

const { passed, failed, skipped } = counts;
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(broken || failed > 0 || passed === 0 ? 1 : 0);

/** A suite that fails without a failed test (an error while it loads, no report) counts as one failure. */
async function runSuite(program, args, report, read) {
  const code = await run([join(root, "node_modules", program), ...args]);
  const path = join(results, report);
  const found = existsSync(path)
    ? read(JSON.parse(readFileSync(path, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
  for (const key of Object.keys(counts)) counts[key] += found[key];
  const complete = found.passed + found.failed > 0;
  if ((code !== 0 && found.failed === 0) || !complete) {
    console.error(`${program} ended with code ${code} after ${found.passed} passed tests.`);
    counts.failed += 1;
  }
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" });
    child.once("error", () => resolve(1));
    child.once("close", (code) => resolve(code ?? 1));
  });
}

function ofVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function ofPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors?.length ?? 0),
    skipped: stats.skipped,
  };
}
