/** What a caller is told, beside the message, where a refusal cannot be a value of the schema. */
export type RefusalCode = "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "BAD_USER_INPUT" | "CONFLICT";

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
