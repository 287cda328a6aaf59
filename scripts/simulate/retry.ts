const FIRST_MS = 100;
const BASE_MS = 250;
const CAP_MS = 5_000;

/**
 * How long to wait before retry number `retries` (from 0), in milliseconds: anywhere up to 100 ms, then up to 250 ms,
 * 500 ms … 5 s, as the web app does it, so that a crowd that lost the same server does not come back in one instant.
 */
export function retryDelay(retries: number): number {
  return Math.random() * (retries === 0 ? FIRST_MS : Math.min(CAP_MS, BASE_MS * 2 ** (retries - 1)));
}

export const pauseBeforeRetry = (retries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, retryDelay(retries)));

/** The server has said no, and would say it again. */
export class RefusedError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface GivenError {
  readonly message: string;
  readonly extensions?: Record<string, unknown>;
}

/** Parts of the server may be away, and faults come with that: both are worth another try. */
const PASSING: readonly unknown[] = ["UNAVAILABLE", "INTERNAL_SERVER_ERROR"];

/** What an operation failed with: a RefusedError where asking again would change nothing. */
export function failureOf(errors: readonly GivenError[]): Error {
  const [first] = errors;
  const refusal = errors.find(({ extensions }) => !PASSING.includes(extensions?.["code"]));
  if (!refusal) return new Error(first?.message ?? "The server sent nothing.");
  return new RefusedError(refusal.message, String(refusal.extensions?.["code"] ?? "error"));
}
