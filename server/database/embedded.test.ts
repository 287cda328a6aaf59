import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { StartError } from "../core/startError.ts";
import { startEmbeddedDatabase } from "./embedded.ts";

// A new database takes seconds to make: it is made once, and copied.
const root = mkdtempSync(join(tmpdir(), "quiz-embedded-"));
const made = join(root, "made");
const data = join(root, "data");
const children: ChildProcess[] = [];
/** Five seconds of work, on a machine that may have much else to do. */
const MAKING_MS = 120_000;

const noCrash = (error: Error) => {
  throw error;
};
const open = (folder = data) => startEmbeddedDatabase(folder, noCrash);

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** Another process that opens the folder, tells so, and goes on until it is killed. */
async function openElsewhere(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "--input-type=module",
      "--eval",
      `
      import { startEmbeddedDatabase } from "${new URL("./embedded.ts", import.meta.url).href}";
      const { url } = await startEmbeddedDatabase(${JSON.stringify(data)}, () => process.exit(1));
      process.stdout.write(url);
      setInterval(() => {}, 1000);
    `,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  children.push(child);
  await new Promise((resolve, reject) => {
    child.stdout?.once("data", resolve);
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });
  return child;
}

beforeAll(async () => {
  const database = await open(made);
  await query(database.url, "create table kept (n int)");
  await query(database.url, "insert into kept values (1)");
  await database.stop();
}, MAKING_MS);
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(data, { recursive: true, force: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const copyMade = () => cpSync(made, data, { recursive: true });

test("what was written is there after a stop and a start", async () => {
  copyMade();
  const database = await open();
  expect(await query(database.url, "select n from kept")).toEqual([{ n: 1 }]);
  await database.stop();
});

test("a second process on the same folder is refused, and the first one goes on", async () => {
  copyMade();
  const database = await open();
  await expect(open()).rejects.toThrow(/^Another server already runs on the data folder/);
  await expect(openElsewhere()).rejects.toThrow("ended with 1");
  expect(await query(database.url, "select n from kept")).toEqual([{ n: 1 }]);
  await database.stop();
});

test("I2: after kill -9 the folder is taken over at once, with everything that was committed", async () => {
  copyMade();
  const other = await openElsewhere();
  await expect(open()).rejects.toThrow(StartError);
  const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(join(data, "run"))}`;
  await query(url, "insert into kept values (2)");
  const gone = new Promise((resolve) => other.once("exit", resolve));
  other.kill("SIGKILL");
  await gone;

  const database = await open();
  expect(await query(database.url, "select n from kept order by n")).toEqual([{ n: 1 }, { n: 2 }]);
  await database.stop();
});

test("a folder whose path is too long for a socket works all the same", async () => {
  const long = join(data, "x".repeat(100));
  cpSync(made, long, { recursive: true });
  const database = await open(long);
  expect(await query(database.url, "select n from kept")).toEqual([{ n: 1 }]);
  await expect(open(long)).rejects.toThrow(/^Another server already runs/);
  await database.stop();
});

test(
  "a first start that was cut short is begun anew",
  async () => {
    cpSync(join(made, "pg", "base"), join(data, "pg.new", "base"), { recursive: true });
    const database = await open();
    expect(await query(database.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await database.stop();
  },
  MAKING_MS,
);

test("damaged data are told in one line, and the folder is free again", async () => {
  copyMade();
  writeFileSync(join(data, "pg", "global", "pg_control"), "no longer what it was");
  const failure = await open().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  expect(String(failure)).toMatch(/The data in .+ cannot be opened/);
  expect(String(failure)).not.toContain("\n");
  await expect(open()).rejects.toThrow(/cannot be opened/);
});

test("an emptied database is not silently replaced by a new one", async () => {
  copyMade();
  rmSync(join(data, "pg", "PG_VERSION"));
  await expect(open()).rejects.toThrow(/cannot be opened/);
});

test("a folder that cannot be written is told in one line", async () => {
  writeFileSync(data, "a file");
  await expect(open(join(data, "below"))).rejects.toThrow(
    /^The data folder .+ cannot be written \(ENOTDIR\)/,
  );
});
