import type { AlsoWrite } from "../journal/index.ts";
import type { Logger } from "../observability/logger.ts";
import { updateRollups } from "./rollups/index.ts";

/** Keeps the statistics up with what the journal writes, in its transactions. */
export function createRollupWriter(logger: Logger): AlsoWrite {
  const dropped = (error: unknown) =>
    logger.error(
      { err: error },
      "statistics of a quiz could not be kept up; they are counted anew when asked for",
    );
  return (client, touched) => updateRollups(client, touched, dropped);
}
