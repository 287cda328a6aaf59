import { readConfig } from "./config.ts";
import { StartError } from "./core/startError.ts";
import { createLogger } from "./observability/logger.ts";
import { startWorker } from "./startWorker.ts";

try {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const worker = await startWorker({ config, logger });
  console.log(`The worker writes the journal. Health and metrics: http://localhost:${worker.port}`);
  let stopping = false;
  const leave = () => {
    if (stopping) process.exit(1);
    stopping = true;
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "the worker did not stop cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
