import { Refusal } from "../core/refusals.ts";

/** Somebody's games are not over, and cannot be taken from under their players. */
export class UnfinishedSessionsError extends Refusal {
  readonly code = "CONFLICT";
  readonly sessionCodes: readonly string[];

  constructor(sessionCodes: readonly string[]) {
    super(`These sessions are not over; finish them first: ${sessionCodes.join(", ")}.`);
    this.sessionCodes = sessionCodes;
  }
}

/** More than one answer of the API should be. */
export class TooMuchDataError extends Refusal {
  readonly code = "CONFLICT";

  constructor() {
    super("This is more than can be sent at once. Whoever runs this server can export it by command.");
  }
}
