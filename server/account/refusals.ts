import { Refusal } from "../core/refusals.ts";

export class EmailTakenError extends Refusal {
  readonly code = "CONFLICT";

  constructor() {
    super("There is an account with this email address already.");
  }
}

/** Does not tell which of the two was wrong. */
export class InvalidCredentialsError extends Refusal {
  readonly code = "UNAUTHENTICATED";

  constructor() {
    super("Email or password is wrong.");
  }
}
