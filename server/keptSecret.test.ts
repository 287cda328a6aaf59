import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { StartError } from "./core/startError.ts";
import { keptSecret } from "./keptSecret.ts";

const folder = mkdtempSync(join(tmpdir(), "quiz-secret-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the secret is made once, kept, and readable by its user alone", () => {
  const secret = keptSecret(folder);
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(keptSecret(folder)).toBe(secret);
  expect(statSync(join(folder, "auth-secret")).mode & 0o777).toBe(0o600);
});

test("a folder that is not there is told in one line", () => {
  expect(() => keptSecret(join(folder, "nowhere"))).toThrow(StartError);
});
