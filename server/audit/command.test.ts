import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  connectStore,
  createPool,
  knownSetup,
  openPlay,
  type Play,
  playToTheEnd,
  startJournalPostgres,
  startWorker,
  waitingEntries,
} from "../../tests/fixtures/journalPlay.ts";
import { type RedisProcess, startRedis } from "../../tests/fixtures/redis.ts";
import { createDatabase, type Database } from "../database/client.ts";
import type { RedisConnection } from "../session/store/redis/connectRedis.ts";
import type { RedisStore } from "../session/store/redis/redisStore.ts";
import { type Audit, createAudit } from "./audit.ts";
import { runAudit } from "./command.ts";
import { describeDifference } from "./report.ts";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let pool: pg.Pool;
let database: Database;
let store: RedisStore;
let connection: RedisConnection;
let audit: Audit;

beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startJournalPostgres()]);
  pool = createPool(postgres.url);
  database = await createDatabase(postgres.url);
  ({ connection, store } = await connectStore(redis.url));
  audit = createAudit({ prisma: database.prisma, redis: connection.client });
});
afterAll(async () => {
  connection?.close();
  await database?.close();
  await pool?.end();
  await Promise.all([redis?.remove(), postgres?.remove()]);
});

/** Lets a worker write everything. */
async function write() {
  const worker = await startWorker(redis.url, { pool });
  await expect.poll(() => waitingEntries(connection), { timeout: 20_000 }).toBe(0);
  await worker.end();
}

/** A game that is open at its first question, of which two of three players have answered. */
async function running(): Promise<Play> {
  const play = await openPlay(store, await knownSetup(pool), 3);
  await store.command(play.setup.id, { kind: "start" });
  await play.answer(1, play.players.slice(0, 2));
  return play;
}

describe("The command", () => {
  const run = async (argv: readonly string[], redisUrl: string | undefined = redis.url) => {
    const lines: string[] = [];
    const print = (text: string) => lines.push(text);
    const code = await runAudit({ argv, databaseUrl: postgres.url, redisUrl, print });
    return { code, lines };
  };

  it("audits one session, or all; says every difference; and its exit code says whether there are any", async () => {
    await connection.client.flushall();
    await pool.query("TRUNCATE session CASCADE; TRUNCATE dead_letter");
    const [one, other] = [await playToTheEnd(store, await knownSetup(pool), 2), await running()];
    await write();
    expect(await run(["--all"])).toEqual({ code: 0, lines: ["2 sessions audited, no differences"] });
    await pool.query("UPDATE attempt SET score = score + 1 WHERE id = $1", [other.players[0]]);
    expect(await run(["--session", one.setup.id])).toEqual({
      code: 0,
      lines: ["1 session audited, no differences"],
    });
    const all = await run(["--all"]);
    expect(all.code).toBe(1);
    const differences = (await audit.session(other.setup.id)) ?? [];
    expect(all.lines).toEqual([
      `session ${other.setup.id}`,
      ...differences.map((difference) => `  ${describeDifference(difference)}`),
      "2 sessions audited, 2 differences",
    ]);
    const { code, lines } = await run(["--all", "--json"]);
    expect({ code, ...(JSON.parse(lines.join("")) as object) }).toEqual({
      code: 1,
      sessions: 2,
      differences,
    });
    expect((await run(["--all"], "")).lines.at(-1)).toBe("2 sessions audited, 1 difference");
  });

  it("says how it is used where it is not clear what is meant", async () => {
    expect((await run([])).code).toBe(2);
    expect((await run(["--session", "nonsense"])).code).toBe(2);
    expect((await run(["--help"])).lines.join()).toContain("npm run audit");
  });

  it("runs from a shell, and says what is missing", async () => {
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const shell = (env: Readonly<Record<string, string>>) =>
      new Promise<{ code: unknown; text: string }>((resolve) => {
        const options = { env };
        execFile(process.execPath, ["--import", "tsx", main, "--all"], options, (error, stdout, stderr) =>
          resolve({ code: error?.code ?? 0, text: stdout + stderr }),
        );
      });
    expect(await shell({})).toMatchObject({ code: 2, text: expect.stringContaining("DATABASE_URL") });
    const found = await shell({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
    expect(found).toMatchObject({ code: 1, text: expect.stringContaining("2 sessions audited") });
  });
});
