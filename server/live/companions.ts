import { createRollupWriter } from "../history/index.ts";
import type { AlsoWrite } from "../journal/index.ts";
import type { Logger } from "../observability/logger.ts";
import { createOutboxWriter } from "../webhooks/index.ts";

/** What every writer of the journal writes with it, whichever way it runs: statistics, and messages to webhooks. */
export function createCompanions(logger: Logger): AlsoWrite {
  const writers = [createRollupWriter(logger), createOutboxWriter(logger)];
  return async (client, touched) => {
    for (const write of writers) await write(client, touched);
  };
}
