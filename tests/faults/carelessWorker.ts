import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/observability/logger.ts";
import { startWorker } from "../../server/startWorker.ts";

// The negative control: a journal worker that acknowledges before it stores, which no configuration allows.

const config = readConfig();
await startWorker({ config, logger: createLogger(config.logLevel), acknowledgeFirst: true });
