import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase } from "../../tests/fixtures/database.ts";
import { loadPersistedTexts } from "../persistedTexts.ts";
import type { Database } from "./client.ts";
import { createOperationArchive } from "./operationArchive.ts";

let database: Database;
const folder = mkdtempSync(join(tmpdir(), "quiz-operations-"));
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function version(name: string, operations: Record<string, string>): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(operations));
  return file;
}

test("a server knows the operations of the versions before and after it, for as long as pages of them may be open", async () => {
  const archive = createOperationArchive(database.pool);
  const older = version("older.json", { a: "{ a }", b: "{ b }" });
  const newer = version("newer.json", { b: "{ b }", c: "{ c }" });
  expect(await loadPersistedTexts(archive, [older, join(folder, "missing.json")])).toEqual(
    new Map([
      ["a", "{ a }"],
      ["b", "{ b }"],
    ]),
  );
  expect([...(await loadPersistedTexts(archive, [newer])).keys()].sort()).toEqual(["a", "b", "c"]);
  expect([...(await loadPersistedTexts(archive, [older])).keys()].sort()).toEqual(["a", "b", "c"]);

  await database.pool.query("UPDATE persisted_operation SET seen_at = now() - interval '91 days'");
  expect([...(await loadPersistedTexts(archive, [newer])).keys()].sort()).toEqual(["b", "c"]);
});
