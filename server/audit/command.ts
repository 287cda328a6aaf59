import { parseArgs } from "node:util";
import { readId, type SessionId } from "../core/ids.ts";
import { createDatabase } from "../database/client.ts";
import { connectRedis } from "../session/store/redis/connectRedis.ts";
import { type Audit, createAudit } from "./audit.ts";
import type { Difference } from "./difference.ts";
import { describeDifference, summary } from "./report.ts";

export const USAGE = `Compares what Redis, the journal and PostgreSQL say of sessions, and tells every difference. Changes nothing.

  npm run audit -- --session <id>    one session
  npm run audit -- --all             all of them

  --json                             one JSON object in place of the report

DATABASE_URL names the PostgreSQL, REDIS_URL the Redis; without REDIS_URL, only whether the history agrees with itself
is looked at. Exits with 0 where all is well, 1 where there are differences, 2 where it could not be found out.
`;

export interface AuditCommand {
  readonly argv: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly print: (text: string) => void;
}

interface Audited {
  readonly sessions: number;
  readonly differences: readonly Difference[];
}

/** Does what the command line says. Gives the exit code; throws where it could not be found out. */
export async function runAudit({ argv, databaseUrl, redisUrl, print }: AuditCommand): Promise<0 | 1 | 2> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      session: { type: "string" },
      all: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const id = readId<"Session">(values.session ?? "");
  if (values.help || values.all === (id !== null) || (values.session !== undefined && id === null)) {
    print(USAGE);
    return values.help ? 0 : 2;
  }
  if (!databaseUrl) throw new Error("DATABASE_URL must name the PostgreSQL with the history.");

  const database = await createDatabase(databaseUrl, { maxConnections: 2 });
  const redis = redisUrl ? await connectRedis(redisUrl, () => {}).catch(closing(database)) : null;
  try {
    const audit = createAudit({ prisma: database.prisma, redis: redis?.client ?? null });
    const say = values.json ? () => {} : print;
    const { sessions, differences } = await auditEach(audit, id, say);
    if (values.json) print(JSON.stringify({ sessions, differences }));
    else print(summary(sessions, differences.length));
    return differences.length > 0 ? 1 : 0;
  } finally {
    redis?.close();
    await database.close();
  }
}

const closing = (database: { close(): Promise<void> }) => async (error: unknown) => {
  await database.close();
  throw error;
};

async function auditEach(audit: Audit, id: SessionId | null, say: (text: string) => void): Promise<Audited> {
  const differences: Difference[] = [];
  let sessions = 0;
  for await (const one of id === null ? audit.sessions() : [id]) {
    const found = await audit.session(one);
    if (found === null && id !== null) throw new Error(`There is no session ${id}.`);
    if (found === null) continue;
    sessions += 1;
    if (found.length > 0) say(`session ${one}`);
    for (const difference of found) {
      say(`  ${describeDifference(difference)}`);
      differences.push(difference);
    }
  }
  return { sessions, differences };
}
