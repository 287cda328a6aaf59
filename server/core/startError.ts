/** Why the program cannot start, as one line that its user can act on. Everything else that throws is a bug. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** The system's error code (`EACCES`, `ECONNREFUSED`, …) of an error, looked for in its causes too. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) {
    for (const one of error.errors) {
      const code = errorCode(one);
      if (code !== undefined) return code;
    }
  }
  return errorCode(error.cause);
}
