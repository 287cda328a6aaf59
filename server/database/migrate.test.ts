import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedDatabase, startMemoryDatabase } from "./embedded.ts";
import { migrate } from "./migrate.ts";
import { readMigrations } from "./schemaEngine.ts";

const folder = mkdtempSync(join(tmpdir(), "quiz-migrate-"));
let database: EmbeddedDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await startMemoryDatabase(folder);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("migrations are applied once, and recorded as Prisma records them", async () => {
  const names = readMigrations().migrationDirectories.map(({ path }) => path);
  expect(await migrate(database.url)).toEqual(names);
  expect(await migrate(database.url)).toEqual([]);

  const { rows } = await client.query(
    "select migration_name, finished_at is not null as finished, rolled_back_at, length(checksum) as checksum from _prisma_migrations order by started_at",
  );
  expect(rows).toEqual(
    names.map((migration_name) => ({ migration_name, finished: true, rolled_back_at: null, checksum: 64 })),
  );
});

test("a migration that fails is told in one line, and is in the way until somebody has seen to it", async () => {
  const migrations = join(folder, "migrations");
  for (const { path, migrationFile } of readMigrations().migrationDirectories) {
    mkdirSync(join(migrations, path), { recursive: true });
    if (migrationFile.content.tag === "ok")
      writeFileSync(join(migrations, path, "migration.sql"), migrationFile.content.value);
  }
  writeFileSync(join(migrations, "migration_lock.toml"), 'provider = "postgresql"\n');
  mkdirSync(join(migrations, "99990101000000_wrong"));
  writeFileSync(join(migrations, "99990101000000_wrong", "migration.sql"), "select nothing from nowhere;");

  for (const attempt of ["first", "second"]) {
    const failure = await migrate(database.url, migrations).catch((error: unknown) => error);
    expect(String(failure), attempt).toMatch(
      /^StartError: The database cannot be brought up to date: .*wrong/,
    );
    expect(String(failure), attempt).not.toContain("\n");
  }
});
