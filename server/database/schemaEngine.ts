import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { projectRoot } from "../core/projectRoot.ts";

export const schemaPath = join(projectRoot, "prisma", "schema.prisma");
export const migrationsFolder = join(projectRoot, "prisma", "migrations");

/** Nothing in the database belongs to another program. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };

let loaded: Promise<void> | undefined;

/** Prisma's own engine of migrations, as WebAssembly: its binary would have to be downloaded. */
export async function createSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<engine.SchemaEngine> {
  loaded ??= load();
  await loaded;
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  return engine.SchemaEngine.new({ datamodels: [readSchema()] }, () => {}, bound);
}

/** The engine tells here why it gave up, before it throws. */
const panics = {
  set_message: (message: string) => process.stderr.write(`${message}\n`),
  get: () => undefined,
};

async function load(): Promise<void> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const program = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(join(dirname(program), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engine } });
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start === "function") start();
}

/** The schema's path and text, as the engine wants it. */
export function readSchema(): [path: string, content: string] {
  return [schemaPath, readFileSync(schemaPath, "utf8")];
}

/** The folder `prisma/migrations`, or another one, as the engine wants it. */
export function readMigrations(folder: string = migrationsFolder): engine.MigrationList {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(join(folder, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(join(folder, path, "migration.sql"), "utf8") },
      },
    })),
  };
}
