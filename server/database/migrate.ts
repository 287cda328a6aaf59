import { StartError } from "../core/startError.ts";
import { MigrationAdapter } from "./migrationAdapter.ts";
import { createSchemaEngine, NO_FILTER, readMigrations } from "./schemaEngine.ts";

/**
 * Brings a database to the newest migration and returns the names of those applied now. The record of it is Prisma's
 * own table `_prisma_migrations`, so `prisma migrate deploy` agrees. Throws a StartError where a migration fails, or
 * where an earlier one is recorded as failed.
 */
export async function migrate(url: string, folder?: string): Promise<string[]> {
  const adapter = new MigrationAdapter(url);
  try {
    const engine = await createSchemaEngine(adapter);
    const input = { migrationsList: readMigrations(folder), filters: NO_FILTER };
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `The database cannot be brought up to date: ${reason.replaceAll(/\s+/g, " ").trim()}`,
    );
  } finally {
    await adapter.end();
  }
}
