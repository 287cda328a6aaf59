import type { ClientBase, Pool } from "pg";

/** Runs one statement, on whatever connection or transaction it stands for. */
export type RunSql = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

export function sqlOf(client: ClientBase | Pool): RunSql {
  return async <Row>(text: string, values: readonly unknown[] = []) => {
    const { rows } = await client.query(text, [...values]);
    return rows as Row[];
  };
}

/** Runs work in one transaction: all of it happens, or nothing. */
export async function inTransaction<Result>(
  pool: Pool,
  work: (run: RunSql) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Told by the rejection of what is under way, too; without a listener, it would end the process.
  const breaks = (error: Error) => {
    broken = error;
  };
  client.on("error", breaks);
  try {
    await client.query("BEGIN");
    const result = await work(sqlOf(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off("error", breaks);
    client.release(broken);
  }
}
