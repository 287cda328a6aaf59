import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPort } from "../../server/addresses.ts";
import { isOutage } from "../../server/core/outage.ts";
import { createDatabase, type Database } from "../../server/database/client.ts";
import { migrate } from "../../server/database/migrate.ts";
import { createPostgres, type PostgresProcess } from "../fixtures/postgres.ts";

const binaries = process.env["POSTGRES_BIN"];

describe.skipIf(binaries === undefined)("errors of a PostgreSQL that is away", () => {
  let postgres: PostgresProcess;
  let database: Database;

  beforeAll(async () => {
    postgres = await createPostgres(binaries ?? "", await findPort(0, "127.0.0.1"));
    await postgres.start();
    await migrate(postgres.url);
    database = await createDatabase(postgres.url);
  });
  afterAll(async () => {
    await database?.close();
    await postgres?.remove();
  });

  const failureOf = (work: PromiseLike<unknown>) =>
    Promise.resolve(work).then(
      () => null,
      (error: unknown) => error,
    );

  test("are told from mistakes in a statement", async () => {
    expect(isOutage(await failureOf(database.pool.query("SELECT nothing")))).toBe(false);
    expect(isOutage(await failureOf(database.prisma.$queryRaw`SELECT nothing`))).toBe(false);
    expect(isOutage(new TypeError("x is not a function"))).toBe(false);
  });

  test("are known as an outage, whichever way the statement went: cut off, and refused afterwards", async () => {
    const sleeping = failureOf(database.pool.query("SELECT pg_sleep(30)"));
    const sleepingToo = failureOf(database.prisma.$queryRaw`SELECT pg_sleep(30)::text`);
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND state = 'active'",
        );
        return rows[0]?.n;
      })
      .toBeGreaterThanOrEqual(2);
    await postgres.stop();
    expect(isOutage(await sleeping)).toBe(true);
    expect(isOutage(await sleepingToo)).toBe(true);
    expect(isOutage(await failureOf(database.pool.query("SELECT 1")))).toBe(true);
    expect(isOutage(await failureOf(database.prisma.user.count()))).toBe(true);
    expect(isOutage(await failureOf(database.prisma.$queryRaw`SELECT 1`))).toBe(true);
  });
});
