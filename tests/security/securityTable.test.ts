import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../server/core/projectRoot.ts";

const page = readFileSync(join(projectRoot, "docs", "SECURITY.md"), "utf8");
const checks = page.split("\n").filter((line) => line.startsWith("| ") && line.includes(".test.ts`"));

test("docs/SECURITY.md names a test for each check, and each is there", () => {
  expect(checks.length).toBeGreaterThan(40);
  for (const check of checks) {
    const [, file = "", name = ""] = /`([^`]+\.test\.ts)`: “([^”]+)” \|$/.exec(check) ?? [];
    expect(name, check).not.toBe("");
    expect(readFileSync(join(projectRoot, file), "utf8"), `${file}: ${name}`).toContain(name);
  }
});
