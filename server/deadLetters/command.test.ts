import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  connectStore,
  createPool,
  expectStored,
  historyOf,
  knownSetup,
  openPlay,
  playToTheEnd,
  startJournalPostgres,
  startWorker,
  waitingEntries,
} from "../../tests/fixtures/journalPlay.ts";
import { type RedisProcess, startRedis } from "../../tests/fixtures/redis.ts";
import type { SessionId } from "../core/ids.ts";
import { createRollupWriter } from "../history/index.ts";
import { createLogger } from "../observability/logger.ts";
import type { SessionSetup } from "../session/domain/session.ts";
import type { RedisConnection } from "../session/store/redis/connectRedis.ts";
import type { RedisStore } from "../session/store/redis/redisStore.ts";
import { runDeadLetters } from "./command.ts";

let redis: RedisProcess;
let postgres: Awaited<ReturnType<typeof startJournalPostgres>>;
let pool: pg.Pool;
let store: RedisStore;
let connection: RedisConnection;

beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startJournalPostgres()]);
  pool = createPool(postgres.url);
  ({ connection, store } = await connectStore(redis.url));
});
beforeEach(async () => {
  await pool.query("TRUNCATE dead_letter");
});
afterAll(async () => {
  connection?.close();
  await pool?.end();
  await Promise.all([redis?.remove(), postgres?.remove()]);
});

/** Lets a worker write everything that it can. */
async function write() {
  const alsoWrite = createRollupWriter(createLogger("silent"));
  const worker = await startWorker(redis.url, { pool, alsoWrite });
  await expect.poll(() => waitingEntries(connection), { timeout: 20_000 }).toBe(0);
  await worker.end();
}

async function run(...argv: readonly string[]) {
  const lines: string[] = [];
  const print = (text: string) => lines.push(...text.split("\n"));
  const code = await runDeadLetters({ argv, databaseUrl: postgres.url, print });
  return { code, lines, last: lines.at(-1) };
}

const letterCount = async () =>
  (await pool.query<{ count: number }>("SELECT count(*)::int AS count FROM dead_letter")).rows[0]?.count ?? 0;
const whole = (id: SessionId, answers: number) => expectStored({ pool, store }, id, answers);

/** Takes a quiz's version away; gives what brings it back. */
async function withoutVersion({ quizVersionId }: SessionSetup): Promise<() => Promise<unknown>> {
  const { rows } = await pool.query(
    "DELETE FROM quiz_version WHERE id = $1 RETURNING quiz_id, title, questions",
    [quizVersionId],
  );
  return () =>
    pool.query("INSERT INTO quiz_version (id, quiz_id, title, questions) VALUES ($1, $2, $3, $4)", [
      quizVersionId,
      rows[0].quiz_id,
      rows[0].title,
      JSON.stringify(rows[0].questions),
    ]);
}

describe("replay", () => {
  it("I2: writes a whole game that was put aside, once what it lacked is there; and never twice", async () => {
    const setup = await knownSetup(pool);
    const mend = await withoutVersion(setup);
    await playToTheEnd(store, setup, 4);
    await write();
    const count = await letterCount();
    expect(count).toBe(16);
    const refused = await run("replay", "--session", setup.id);
    expect(refused).toMatchObject({ code: 1, last: `0 written, ${count} refused again` });
    expect(refused.lines[0]).toContain("version 1, opened: refused again: insert or update on table");
    expect(refused.lines[1]).toContain("attempt: refused again: its session is not in PostgreSQL");
    expect(await letterCount()).toBe(count);

    await mend();
    expect(await run("replay", "--session", setup.id)).toMatchObject({
      code: 0,
      last: `${count} written, 0 refused again`,
    });
    await whole(setup.id, 8);
    const history = await historyOf(pool, setup.id);
    expect(history.attempts.map((attempt) => attempt.final_rank).sort()).toEqual([1, 1, 1, 4]);
    expect(await run("replay", "--all")).toMatchObject({ code: 0, lines: ["0 written, 0 refused again"] });
    expect(await historyOf(pool, setup.id)).toEqual(history);
  });

  it("I2: may be run by several at once: what one of them writes is written, and none fails", async () => {
    const setup = await knownSetup(pool);
    const mend = await withoutVersion(setup);
    await playToTheEnd(store, setup, 12);
    await write();
    const count = await letterCount();
    await mend();
    const runs = await Promise.all([1, 2, 3].map(() => run("replay", "--all", "--json")));
    const counts = runs.map(({ lines }) => JSON.parse(lines.join("")) as Record<string, number>);
    const sum = (name: string) => counts.reduce((total, one) => total + (one[name] ?? 0), 0);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect({ written: sum("written"), refused: sum("refused") }).toEqual({ written: count, refused: 0 });
    expect(sum("gone")).toBeGreaterThan(0);
    await whole(setup.id, 24);
  });

  it("I2: brings an answer back into a finished game, and statistics that were made without it are made anew", async () => {
    const setup = await knownSetup(pool);
    await pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'not this one' USING ERRCODE = '23503';
      END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON answer FOR EACH ROW
        WHEN (NEW.number = 1 AND NEW.correct) EXECUTE FUNCTION refuse()`);
    await playToTheEnd(store, setup, 4);
    await write();
    await pool.query("DROP FUNCTION refuse CASCADE");
    expect((await run()).lines.slice(1).map((line) => line.split(/\s\s+/).slice(4))).toEqual(
      Array.from({ length: 3 }, () => ["answer", "not this one"]),
    );
    const counted = () => pool.query("SELECT 1 FROM quiz_rollup WHERE quiz_id = $1", [setup.quizId]);
    expect((await counted()).rowCount).toBe(1);
    expect(await run("replay", "--all")).toMatchObject({ code: 0, last: "3 written, 0 refused again" });
    await whole(setup.id, 8);
    expect((await counted()).rowCount).toBe(0);
  });

  it("writes what can be written, and keeps the rest as it is", async () => {
    const [setup, deleted] = [await knownSetup(pool), await knownSetup(pool)];
    const mend = await withoutVersion(setup);
    const play = await openPlay(store, deleted, 1);
    await write();
    await pool.query(`DELETE FROM "user" WHERE id = $1`, [deleted.hostId]);
    await playToTheEnd(store, setup, 1);
    await store.command(deleted.id, { kind: "start" });
    await play.answer(1);
    await write();
    await pool.query(
      "INSERT INTO dead_letter (stream, entry_id, entry, error) VALUES ('s', '1-1', 'no entry', 'unreadable')",
    );
    await mend();
    const { code, lines, last } = await run("replay", "--all");
    expect({ code, last }).toEqual({
      code: 1,
      last: expect.stringMatching(/^\d+ written, 3 refused again$/),
    });
    expect(lines.at(-2)).toBe("s/1-1: refused again: it is not JSON");
    await whole(setup.id, 2);
    expect(await letterCount()).toBe(3);
  });
});

describe("list and discard", () => {
  const put = (id: string, sessionId: string | null, error: string) =>
    pool.query(
      "INSERT INTO dead_letter (stream, entry_id, session_id, entry, error) VALUES ($1, $2, $3, $4, $5)",
      [...["{s1}:journal", id, sessionId, '{"kind":"answer"}', error]],
    );

  it("shows letters one a line, without what a terminal would obey; as JSON, with their entries", async () => {
    expect((await run()).lines).toEqual(["no dead letters"]);
    await put("1-1", "one", "first\n\u001b[2Jline");
    await put("1-2", "other", "");
    const { code, lines } = await run("list", "--session", "one");
    expect({ code, count: lines.length }).toEqual({ code: 0, count: 2 });
    expect(lines[1]?.split(/\s\s+/)).toEqual([
      ...["{s1}:journal/1-1", expect.stringMatching(/^\d{4}-/), "one", "-", "answer", "first [2Jline"],
    ]);
    const { letters } = JSON.parse((await run("--json")).lines.join("")) as { letters: object[] };
    expect(letters).toMatchObject([
      { id: "{s1}:journal/1-1", entry: '{"kind":"answer"}' },
      { sessionId: "other" },
    ]);
  });

  it("lets go of letters for good only with --yes, and only of those that are named", async () => {
    for (const id of ["1-1", "1-2", "1-3"]) await put(id, "one", "");
    await put("2-1", "other", "");
    const named = ["{s1}:journal/1-1", "{s1}:journal/9-9"];
    expect(await run("discard", ...named)).toMatchObject({ code: 2, last: expect.stringContaining("--yes") });
    expect(await letterCount()).toBe(4);
    expect(await run("discard", ...named, "--yes")).toMatchObject({
      code: 1,
      lines: ["{s1}:journal/9-9: there is no such dead letter", "1 dead letter discarded"],
    });
    expect(await run("discard", "--session", "one", "--yes")).toMatchObject({
      code: 0,
      lines: ["2 dead letters discarded"],
    });
    expect(await letterCount()).toBe(1);
  });

  it.each([
    ["replay"],
    ["replay", "1-1"],
    ["replay", "--all", "--session", "one"],
    ["discard"],
    ["discard", "--yes"],
    ["discard", "--all", "--yes"],
    ["delete", "1-1"],
    ["list", "--all", "--session", "one"],
  ])(
    "says how it is used, and does nothing, where it is not clear what is meant: %s %s %s",
    async (...argv) => {
      await put("1-1", "one", "");
      const { code, lines } = await run(...argv.filter((word) => word !== undefined));
      expect({ code, usage: lines.join().includes("npm run dead-letters") }).toEqual({
        code: 2,
        usage: true,
      });
      expect(await letterCount()).toBe(1);
    },
  );
});

it("runs from a shell, and says what is missing", async () => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const shell = (env: Readonly<Record<string, string>>) =>
    new Promise<{ code: unknown; text: string }>((resolve) => {
      execFile(process.execPath, ["--import", "tsx", main, "list"], { env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, text: stdout + stderr }),
      );
    });
  expect(await shell({})).toMatchObject({ code: 2, text: expect.stringContaining("DATABASE_URL") });
  expect(await shell({ DATABASE_URL: postgres.url })).toMatchObject({ code: 0, text: "no dead letters\n" });
  const away = postgres.url.replace(String(postgres.port), "1");
  expect(await shell({ DATABASE_URL: away })).toMatchObject({
    code: 2,
    text: expect.stringContaining("reached"),
  });
});
