import { parseArgs } from "node:util";
import type { Pool } from "pg";
import { createDatabase } from "../database/client.ts";
import {
  discardLetters,
  type KeptLetter,
  listLetters,
  type Replayed,
  type ReplayParts,
  replayLetter,
  type WhichLetters,
} from "../journal/index.ts";
import { createLogger } from "../observability/logger.ts";
import { createOutboxWriter } from "../webhooks/index.ts";
import { forgetStatistics } from "./forgetStatistics.ts";
import { lettersOf, outcomeOf, summaryOf, tableOf } from "./report.ts";

export const USAGE = `What becomes of dead letters: entries of the journal that could not be stored, and were put aside.

  npm run dead-letters                               lists them
  npm run dead-letters -- replay --all               writes them again, each as it would have been written
  npm run dead-letters -- replay --session <id>      writes those of one session again
  npm run dead-letters -- discard <id...> --yes      lets go of them for good; they are what list calls id
  npm run dead-letters -- discard --session <id> --yes

  --session <id>                                     lists those of one session
  --json                                             one JSON object, with the entries themselves

DATABASE_URL names the PostgreSQL. Exits with 0 where all is done, 1 where something was refused again or not found, 2 where
it could not be done.
`;

export interface DeadLettersCommand {
  readonly argv: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly print: (text: string) => void;
}

type Print = (text: string) => void;
type ExitCode = 0 | 1 | 2;

/** What the command line asks for. */
type Asked =
  | { readonly verb: "help" }
  | { readonly verb: "unclear" }
  | { readonly verb: "list" | "replay" | "discard"; readonly which: WhichLetters; readonly yes: boolean };

/** The most time for a transaction in PostgreSQL, in milliseconds: as the workers have. */
const WRITE_TIMEOUT_MS = 10_000;

/** Does what the command line says. Gives the exit code; throws where it could not be done. */
export async function runDeadLetters({ argv, databaseUrl, print }: DeadLettersCommand): Promise<ExitCode> {
  const { asked, json } = read(argv);
  if (asked.verb === "help" || asked.verb === "unclear") {
    print(USAGE);
    return asked.verb === "help" ? 0 : 2;
  }
  if (!databaseUrl) throw new Error("DATABASE_URL must name the PostgreSQL with the history.");
  const database = await createDatabase(databaseUrl, { maxConnections: 2 });
  const { pool } = database;
  try {
    const letters = await listLetters(pool, asked.which);
    if (asked.verb === "replay") return await replay(pool, letters, print, json);
    if (asked.verb === "discard") return await discard(pool, asked, letters, print, json);
    if (json) print(JSON.stringify({ letters }));
    else print(letters.length === 0 ? "no dead letters" : tableOf(letters));
    return 0;
  } finally {
    await database.close();
  }
}

function read(argv: readonly string[]): { readonly asked: Asked; readonly json: boolean } {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      session: { type: "string" },
      all: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { session, all, yes, json, help } = values;
  const [verb = "list", ...ids] = positionals;
  const asks = (): Asked => {
    if (help) return { verb: "help" };
    // Exactly one way to say which; all of them are never discarded at a stroke.
    const ways = [session !== undefined, all, ids.length > 0].filter(Boolean).length;
    const which = session !== undefined ? { sessionId: session } : ids.length > 0 ? { ids } : "all";
    if (verb === "list" && ways <= 1 && !yes) return { verb, which, yes };
    if (verb === "replay" && ways === 1 && ids.length === 0 && !yes) return { verb, which, yes };
    if (verb === "discard" && ways === 1 && !all) return { verb, which, yes };
    return { verb: "unclear" };
  };
  return { asked: asks(), json };
}

async function replay(
  pool: Pool,
  letters: readonly KeptLetter[],
  print: Print,
  json: boolean,
): Promise<ExitCode> {
  const counts = { written: 0, gone: 0, refused: 0 };
  const outcomes: { readonly id: string; readonly outcome: Replayed["kind"]; readonly error?: string }[] = [];
  const tellWebhooks = createOutboxWriter(createLogger("silent"));
  const parts: ReplayParts = {
    pool,
    timeoutMs: WRITE_TIMEOUT_MS,
    async alsoWrite(client, sessionId) {
      await forgetStatistics(client, sessionId);
      await tellWebhooks(client, { attemptIds: [], sessionIds: [sessionId] });
    },
  };
  try {
    for (const letter of letters) {
      const replayed = await replayLetter(letter, parts);
      counts[replayed.kind] += 1;
      const error = replayed.kind === "refused" ? { error: replayed.error.message } : {};
      if (json) outcomes.push({ id: letter.id, outcome: replayed.kind, ...error });
      else print(outcomeOf(letter, replayed));
    }
  } finally {
    // Told of an end before its time, too: what is written is written.
    if (json) print(JSON.stringify({ ...counts, letters: outcomes }));
    else print(summaryOf(counts));
  }
  return counts.refused > 0 ? 1 : 0;
}

async function discard(
  pool: Pool,
  { which, yes }: { readonly which: WhichLetters; readonly yes: boolean },
  letters: readonly KeptLetter[],
  print: Print,
  json: boolean,
): Promise<ExitCode> {
  const known = new Set(letters.map(({ id }) => id));
  const unknown = which !== "all" && "ids" in which ? which.ids.filter((id) => !known.has(id)) : [];
  if (!yes) {
    if (json) print(JSON.stringify({ discarded: [], letters }));
    else {
      if (letters.length > 0) print(tableOf(letters));
      print(`Nothing was discarded. With --yes, ${lettersOf(letters.length)} would be gone for good.`);
    }
    return 2;
  }
  const gone = await discardLetters(pool, [...known]);
  const discarded = letters.filter(({ id }) => gone.has(id));
  if (json) print(JSON.stringify({ discarded, unknown }));
  else {
    for (const id of unknown) print(`${id}: there is no such dead letter`);
    print(`${lettersOf(discarded.length)} discarded`);
  }
  return unknown.length > 0 ? 1 : 0;
}
