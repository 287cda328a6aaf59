/**
 * Whether an error of PostgreSQL was caused by the data: the same write will fail again. Those are the classes 21
 * (cardinality), 22 (data), 23 (constraints) and 54 (limits of the program); everything else may pass.
 */
export function dataError(error: unknown): boolean {
  // A mistake of ours in making the rows is no outage either.
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^(21|22|23|54)/.test(error.code)
  );
}
