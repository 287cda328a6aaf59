import type { ClientBase } from "pg";
import { forgetRollups } from "../history/index.ts";

/**
 * Lets go of what is counted of a session's quiz, in the caller's transaction. A worker counts an attempt when its newest
 * change is written; what comes back of the time before would be missing in the counts. They are made anew when asked for.
 */
export async function forgetStatistics(client: ClientBase, sessionId: string): Promise<void> {
  const run = async <Row>(text: string, values: readonly unknown[] = []) =>
    (await client.query(text, [...values])).rows as Row[];
  const quizzes = await run<{ id: string }>("SELECT quiz_id AS id FROM session WHERE id = $1", [sessionId]);
  await forgetRollups(
    run,
    quizzes.map(({ id }) => id),
  );
}
