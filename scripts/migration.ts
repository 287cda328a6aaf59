// npm run db:diff -- <name>     writes the migration that leads from prisma/migrations to prisma/schema.prisma
// npm run db:check              exits with 1 where such a migration is missing
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMemoryDatabase } from "../server/database/embedded.ts";
import { MigrationAdapter } from "../server/database/migrationAdapter.ts";
import {
  createSchemaEngine,
  migrationsFolder,
  NO_FILTER,
  readMigrations,
  readSchema,
} from "../server/database/schemaEngine.ts";

/** The migrations are replayed on the very database that it connects to, which is empty and thrown away. */
class Shadow extends MigrationAdapter {
  override connectToShadowDb() {
    return this.connect();
  }
}

async function difference(script: boolean): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), "quiz-diff-"));
  const database = await startMemoryDatabase(folder);
  const adapter = new Shadow(database.url);
  const engine = await createSchemaEngine(adapter);
  const [path, content] = readSchema();
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...readMigrations() },
      to: { tag: "schemaDatamodel", files: [{ path, content }] },
      script,
      exitCode: true,
      filters: NO_FILTER,
    });
    return exitCode === 0 ? null : (stdout ?? "");
  } finally {
    await adapter.end();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(argument: string | undefined): Promise<void> {
  if (argument === "--check") {
    const drift = await difference(false);
    if (drift === null) return console.log("The migrations lead to prisma/schema.prisma.");
    console.error(
      `prisma/migrations lack what prisma/schema.prisma has (npm run db:diff -- <name>):\n${drift}`,
    );
    process.exitCode = 1;
    return;
  }
  if (argument === undefined || !/^[a-z0-9_]+$/.test(argument)) {
    console.error("Name the migration in lower case: npm run db:diff -- add_tags");
    process.exitCode = 1;
    return;
  }
  const sql = await difference(true);
  if (sql === null) return console.log("Nothing to do: the migrations lead to prisma/schema.prisma.");
  const time = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = join(migrationsFolder, `${time}_${argument}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), sql);
  console.log(`Wrote ${join(folder, "migration.sql")}: read it before you commit it.`);
}

await run(process.argv[2]);
