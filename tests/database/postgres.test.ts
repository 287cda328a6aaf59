import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPort } from "../../server/addresses.ts";
import { createDatabase, type Database, isReachable } from "../../server/database/client.ts";
import { migrate } from "../../server/database/migrate.ts";
import { createPostgres, type PostgresProcess } from "../fixtures/postgres.ts";

// `npm test` says where PostgreSQL's binaries are, and installs them where it can.
const binaries = process.env["POSTGRES_BIN"];

describe.skipIf(binaries === undefined)("a PostgreSQL of one's own", () => {
  let postgres: PostgresProcess;
  let database: Database;
  const broken: Error[] = [];

  beforeAll(async () => {
    postgres = await createPostgres(binaries ?? "", await findPort(0, "127.0.0.1"));
    await postgres.start();
    await migrate(postgres.url);
    database = await createDatabase(postgres.url, { onIdleError: (error) => broken.push(error) });
  });
  afterAll(async () => {
    await database?.close();
    await postgres?.remove();
  });

  test("takes the same migrations, once", async () => {
    expect(await migrate(postgres.url)).toEqual([]);
    expect(await database.prisma.user.count()).toBe(0);
  });

  test("that goes away is told by the health check within its time, and is back by itself", async () => {
    // Several stand idle then: the check may take one of them before it is known to be broken.
    await Promise.all(Array.from({ length: 4 }, () => database.pool.query("SELECT pg_sleep(0.1)")));
    expect(await isReachable(database.pool, 2_000)).toBe(true);
    await postgres.stop();
    const began = performance.now();
    expect(await isReachable(database.pool, 2_000)).toBe(false);
    expect(performance.now() - began).toBeLessThan(3_000);
    await postgres.start();
    expect(await isReachable(database.pool, 2_000)).toBe(true);
    expect(await database.prisma.user.count()).toBe(0);
    await expect.poll(() => broken.length).toBeGreaterThan(0);
  });
});
