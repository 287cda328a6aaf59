import type { Logger } from "./logger.ts";

/** Whose operation it was; ids only. */
export interface CallerIds {
  readonly requestId: string;
  readonly userId?: string;
  readonly attemptId?: string;
  readonly sessionId?: string;
}

/** So many of the same kind are told in full in each span of time. */
const FULL_REPORTS = 5;
const SPAN_MS = 10_000;
const KINDS = 100;

/**
 * Logs what went wrong in operations, each under its request. When one cause fails thousands of them, the first few are
 * told in full, and then how many more there were.
 */
export function createErrorReports(
  logger: Logger,
  spanMs = SPAN_MS,
): (error: unknown, caller: CallerIds) => void {
  const kinds = new Map<string, number>();
  return (error, caller) => {
    const kind = kindOf(error);
    const count = (kinds.get(kind) ?? 0) + 1;
    if (count === 1 && kinds.size < KINDS) {
      setTimeout(() => {
        const more = (kinds.get(kind) ?? 0) - FULL_REPORTS;
        kinds.delete(kind);
        if (more > 0) logger.error({ kind, more }, "more operations failed in the same way");
      }, spanMs).unref();
    }
    if (count > 1 || kinds.size < KINDS) kinds.set(kind, count);
    if (count <= FULL_REPORTS) logger.child({ ...caller }).error({ err: error }, "an operation failed");
  };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return [error.name, code].filter(Boolean).join(" ");
}
