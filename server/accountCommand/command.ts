import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { systemClock } from "../core/clock.ts";
import type { UserId } from "../core/ids.ts";
import { createDatabase, type Database } from "../database/client.ts";
import { prepareDataFolder, startEmbeddedDatabase } from "../database/embedded.ts";
import { migrate } from "../database/migrate.ts";
import { inTransaction } from "../history/index.ts";
import {
  eraseUser,
  exportPerson,
  type HostedSessions,
  UnfinishedSessionsError,
} from "../personalData/index.ts";
import { describeErased, describePlan } from "./report.ts";

export const USAGE = `What is known of a person: to give it to them, or to erase it.

  npm run account -- export <email>                          prints everything as JSON
  npm run account -- export <email> --to <file>              writes it into a file that only you can read
  npm run account -- erase <email>                           says what erasing would do
  npm run account -- erase <email> --yes                     erases the account; the person's attempts stay, as nobody's
  npm run account -- erase <email> --yes --sessions delete   and deletes the sessions that they hosted

DATABASE_URL names the PostgreSQL; without it, it is the embedded database in DATA_DIR, which no server may be using meanwhile. Who
hosts, or still plays in, sessions that are not over is refused: finish them, or remove the player, first. Leaderboards of sessions
that ended within the hour may show a nickname until the hour is over. Exits with 0 where it is done, 1 where there is no such
account or it was refused, 2 where it could not be done or was not confirmed.
`;

export interface AccountCommand {
  readonly argv: readonly string[];
  /** A PostgreSQL that servers may be using meanwhile, or the folder of an embedded database that no server uses. */
  readonly database: { readonly url: string } | Extract<Config["database"], { readonly kind: "embedded" }>;
  readonly print: (text: string) => void;
}

type Asked =
  | { readonly verb: "export"; readonly email: string; readonly to: string | undefined }
  | { readonly verb: "erase"; readonly email: string; readonly yes: boolean; readonly hosted: HostedSessions }
  | { readonly verb: "help" }
  | { readonly verb: "unclear" };

/** Does what the command line says. Gives the exit code; throws where it could not be done. */
export async function runAccount({ argv, database: where, print }: AccountCommand): Promise<0 | 1 | 2> {
  const asked = read(argv);
  if (asked.verb === "help" || asked.verb === "unclear") {
    print(USAGE);
    return asked.verb === "help" ? 0 : 2;
  }
  const { url, stop } = await open(where);
  try {
    await migrate(url);
    const database = await createDatabase(url, { maxConnections: 4 });
    try {
      const email = asked.email.trim().toLowerCase();
      const user = await database.prisma.user.findUnique({ where: { email }, select: { id: true } });
      if (!user) {
        print(`There is no account with the email address ${email}.`);
        return 1;
      }
      const userId = user.id as UserId;
      if (asked.verb === "export") return await exportTo(database, userId, asked.to, print);
      return await erase(database, userId, asked, print);
    } finally {
      await database.close();
    }
  } finally {
    await stop();
  }
}

function read(argv: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      to: { type: "string" },
      sessions: { type: "string" },
      yes: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { to, sessions, yes, help } = values;
  const [verb, email, ...more] = positionals;
  if (help) return { verb: "help" };
  if (email === undefined || more.length > 0) return { verb: "unclear" };
  if (verb === "export" && !yes && sessions === undefined) return { verb, email, to };
  if (verb === "erase" && to === undefined && (sessions ?? "keep") === "keep")
    return { verb, email, yes, hosted: "KEEP" };
  if (verb === "erase" && to === undefined && sessions === "delete")
    return { verb, email, yes, hosted: "DELETE" };
  return { verb: "unclear" };
}

async function open(where: AccountCommand["database"]) {
  if ("url" in where) return { url: where.url, stop: async () => {} };
  return startEmbeddedDatabase(prepareDataFolder(where.dataFolder), (error) => {
    throw error;
  });
}

async function exportTo(
  { prisma }: Database,
  userId: UserId,
  to: string | undefined,
  print: (text: string) => void,
): Promise<0> {
  const json = JSON.stringify(await exportPerson(prisma, userId, { now: systemClock.now() }), null, 2);
  if (to === undefined) print(json);
  else {
    await writeFile(to, `${json}\n`, { mode: 0o600 });
    print(`Everything that is known of this person is in ${to}.`);
  }
  return 0;
}

async function erase(
  { prisma, pool }: Database,
  userId: UserId,
  { yes, hosted }: { readonly yes: boolean; readonly hosted: HostedSessions },
  print: (text: string) => void,
): Promise<0 | 1 | 2> {
  if (!yes) {
    const [attempts, quizzes, sessions] = await Promise.all([
      prisma.attempt.count({ where: { userId } }),
      prisma.quiz.count({ where: { ownerId: userId } }),
      prisma.session.count({ where: { hostId: userId } }),
    ]);
    print(describePlan({ attempts, quizzes, sessions, hosted }));
    return 2;
  }
  try {
    const erased = await inTransaction(pool, (run) => eraseUser(run, userId, hosted));
    if (erased) print(describeErased(erased));
    return 0;
  } catch (error) {
    if (!(error instanceof UnfinishedSessionsError)) throw error;
    print(error.message);
    return 1;
  }
}
