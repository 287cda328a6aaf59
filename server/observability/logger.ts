import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger };

/** Log lines as JSON, one object each; credentials in logged headers are left out. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: ["headers.authorization", "headers.cookie", "req.headers.authorization", "req.headers.cookie"],
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
