import type { Config } from "../config.ts";
import { createDatabase } from "../database/client.ts";
import { prepareDataFolder, startEmbeddedDatabase } from "../database/embedded.ts";
import { migrate } from "../database/migrate.ts";
import { rebuildAllRollups } from "../history/index.ts";

export interface RebuildCommand {
  /** A PostgreSQL that servers may be using meanwhile, or the folder of an embedded database that no server uses. */
  readonly database: { readonly url: string } | Extract<Config["database"], { readonly kind: "embedded" }>;
  readonly print: (text: string) => void;
}

/** Counts the statistics of all quizzes anew. Resolves to how many quizzes. Throws a StartError where there is no database. */
export async function rebuildRollups({ database: where, print }: RebuildCommand): Promise<number> {
  const { url, stop } = await open(where);
  try {
    await migrate(url);
    const database = await createDatabase(url, { maxConnections: 2 });
    try {
      return await rebuildAllRollups(database.pool, (quizId) => print(`quiz ${quizId}`));
    } finally {
      await database.close();
    }
  } finally {
    await stop();
  }
}

async function open(where: RebuildCommand["database"]) {
  if ("url" in where) return { url: where.url, stop: async () => {} };
  return startEmbeddedDatabase(prepareDataFolder(where.dataFolder), (error) => {
    throw error;
  });
}
