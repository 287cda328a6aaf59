import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedDatabase, startMemoryDatabase } from "./embedded.ts";

const folder = mkdtempSync(join(tmpdir(), "quiz-shared-"));
let database: EmbeddedDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await startMemoryDatabase(folder);
  pool = new pg.Pool({ connectionString: database.url, max: 8 });
});
afterAll(async () => {
  await pool.end();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Larger than what one read of a socket brings, so that a query arrives in pieces. */
const large = (mark: number) => `${"x".repeat(300_000)}${mark}`;

test("connections at once, in and out of transactions, each get their own answers", async () => {
  const ask = [
    async (n: number) => (await pool.query("select $1::int + 1 as v", [n])).rows[0].v === n + 1,
    async (n: number) => (await pool.query("select $1::text as v", [large(n)])).rows[0].v === large(n),
    async (n: number) =>
      (await pool.query("select $1::int as a, $2::text as v", [n, `${n}`])).rows[0].v === `${n}`,
    async (n: number) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        const { rows } = await client.query("select $1::int as v", [n]);
        await client.query("commit");
        return rows[0].v === n;
      } finally {
        client.release();
      }
    },
  ];
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask[n % ask.length]?.(n)));
  expect(answers.every((own) => own === true)).toBe(true);
});

test("transactions at once lose no update", async () => {
  await pool.query("create table counter (n int)");
  await pool.query("insert into counter values (0)");
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      const client = await pool.connect();
      await client.query("begin");
      const { rows } = await client.query("select n from counter where n >= $1", [0]);
      await client.query("update counter set n = $1", [rows[0].n + 1]);
      await client.query("commit");
      client.release();
    }),
  );
  expect((await pool.query("select n from counter")).rows).toEqual([{ n: 40 }]);
});

test("a client that dies within a transaction takes its changes with it and stops nobody", async () => {
  await pool.query("create table left_behind (n int)");
  const client = await pool.connect();
  await client.query("begin");
  await client.query("insert into left_behind values ($1)", [1]);
  // Its socket is closed, and no ROLLBACK is sent.
  client.release(true);
  expect((await pool.query("select count(*)::int as n from left_behind where $1", [true])).rows).toEqual([
    { n: 0 },
  ]);
});

test("a client that dies within a query stops nobody", async () => {
  const path = new URL(database.url).searchParams.get("host");
  const socket = connect(`${path}/.s.PGSQL.5432`);
  socket.write(startup({ user: "postgres", database: "postgres" }));
  await once(socket, "data");
  // Begun, and never ended by a Sync.
  socket.write(message("P", "", "select 1 / 0 no sense", "\0"));
  await once(socket, "data");
  const waiting = pool.query("select $1::int as n", [7]);
  socket.destroy();
  expect((await waiting).rows).toEqual([{ n: 7 }]);
});

function startup(parameters: Record<string, string>): Buffer {
  const body = `${Object.entries(parameters).flat().join("\0")}\0\0`;
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + body.length, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, Buffer.from(body)]);
}

function message(type: string, ...strings: string[]): Buffer {
  const body = Buffer.from(`${strings.join("\0")}\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(length.length + body.length);
  return Buffer.concat([Buffer.from(type), length, body]);
}
