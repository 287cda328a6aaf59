/** What a caller is told, beside the message, where a refusal cannot be a value of the schema. */
export type RefusalCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "RATE_LIMITED"
  | "UNAVAILABLE";

/**
 * An expected "no". Use cases throw it; a mutation whose union names its class returns it as a value, everywhere
 * else it becomes a GraphQL error with `extensions.code`. Anything that is not a Refusal is a bug or an outage.
 */
export abstract class Refusal extends Error {
  abstract readonly code: RefusalCode;

  /** graphql-js copies these onto the GraphQL error that it makes of a thrown error. */
  get extensions(): Record<string, unknown> {
    return { code: this.code };
  }
}

export class UnauthenticatedError extends Refusal {
  readonly code = "UNAUTHENTICATED";

  constructor(message = "Sign in first.") {
    super(message);
  }
}

export class ForbiddenError extends Refusal {
  readonly code = "FORBIDDEN";

  constructor(message = "You may not do this.") {
    super(message);
  }
}

export class NotFoundError extends Refusal {
  readonly code = "NOT_FOUND";
}

/**
 * A part that is needed cannot be reached just now. Nothing was lost, and what was asked may or may not have been done:
 * asking again, the same thing, is safe and will succeed once the part is back.
 */
export class UnavailableError extends Refusal {
  readonly code = "UNAVAILABLE";

  constructor(message = "The game is held up for a moment. Try again.", options?: ErrorOptions) {
    super(message);
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** Too much in too short a time. The same may be asked again after `retryAfterSeconds`, and not before. */
export class RateLimitedError extends Refusal {
  readonly code = "RATE_LIMITED";
  readonly retryAfterSeconds: number;

  /** `waitMs`: how long to wait, in milliseconds; told in whole seconds, at least one. */
  constructor(waitMs: number, message = "Too much at once.") {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    super(`${message} Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`);
    this.retryAfterSeconds = seconds;
  }

  override get extensions(): Record<string, unknown> {
    return { code: this.code, retryAfterSeconds: this.retryAfterSeconds };
  }
}

/** One thing that is wrong with an input. The path leads from the input down, list indexes as strings. */
export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

export class ValidationError extends Refusal {
  readonly code = "BAD_USER_INPUT";
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[], message = "Some of the input is not right.") {
    super(message);
    this.issues = issues;
  }

  override get extensions(): Record<string, unknown> {
    return { code: this.code, issues: this.issues };
  }

  /** The one issue of a single field. */
  static of(path: readonly string[], message: string): ValidationError {
    return new ValidationError([{ path, message }], message);
  }
}
