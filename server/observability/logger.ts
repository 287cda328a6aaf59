import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import { loggedError } from "./loggedError.ts";

export type { Logger };

/** Log lines as JSON, one object each. Of errors, what may be logged; credentials in logged headers are left out. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    serializers: { err: (error: unknown) => loggedError(error) },
    redact: ["headers.authorization", "headers.cookie", "req.headers.authorization", "req.headers.cookie"],
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
