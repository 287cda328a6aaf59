import type { ClientBase, Pool, PoolClient } from "pg";

/** PostgreSQL did not answer in time. Whether it did what it was asked is not known. */
export class DatabaseSilentError extends Error {
  override readonly name = "DatabaseSilentError";
}

const ignore = () => {};

/**
 * Runs a transaction that takes at most `timeoutMs`, the getting of a connection included. A connection that hangs is given up:
 * PostgreSQL, if it is still there, ends the transaction by itself soon after, and the locks with it.
 */
export async function writeInTime(
  pool: Pool,
  timeoutMs: number,
  write: (client: ClientBase) => Promise<void>,
): Promise<void> {
  let held: PoolClient | undefined;
  let late = false;

  async function run(): Promise<void> {
    const client = await pool.connect();
    if (late) return client.release();
    held = client;
    // What is under way is rejected, too; without a listener, the breaking of a connection would end the process.
    client.on("error", ignore);
    await client.query(
      `BEGIN; SET LOCAL lock_timeout = ${timeoutMs}; SET LOCAL statement_timeout = ${timeoutMs};
       SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs}`,
    );
    await write(client);
    await client.query("COMMIT");
    give(client);
  }

  function give(client: PoolClient, error?: Error): void {
    // Once only: after the time was over, it has been given up already.
    if (held !== client) return;
    held = undefined;
    client.off("error", ignore);
    client.release(error);
  }

  const running = run().catch(async (error: unknown) => {
    if (held) {
      const client = held;
      await client.query("ROLLBACK").then(
        () => give(client),
        (failure: Error) => give(client, failure),
      );
    }
    throw error;
  });

  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      const error = new DatabaseSilentError(`PostgreSQL did not answer in ${timeoutMs} ms`);
      if (held) give(held, error);
      reject(error);
    }, timeoutMs);
  });
  try {
    await Promise.race([running, silence]);
  } finally {
    clearTimeout(timer);
  }
}
