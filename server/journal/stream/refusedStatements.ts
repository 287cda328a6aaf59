import type { Logger } from "../../observability/logger.ts";
import { isTransient } from "./refusal.ts";

/**
 * Tells in two lines of statements that PostgreSQL refuses though it is there, however often they are tried: when that begins,
 * and when it is over. An outage it is not: whoever looks should look at the schema, and not for a network.
 */
export class RefusedStatements {
  readonly #logger: Logger;
  #refused: { readonly since: number; failures: number } | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** `tries`: how often the same transaction failed before. A single deadlock is nothing to tell of. */
  refuses(error: unknown, tries: number): void {
    if (this.#refused !== null) {
      this.#refused.failures += 1;
      return;
    }
    if (tries === 0 && isTransient(error)) return;
    this.#refused = { since: performance.now(), failures: 1 };
    this.#logger.error(
      { err: error },
      "journal: PostgreSQL refuses the statements, and not for their data; entries wait, and are tried again",
    );
  }

  accepts(): void {
    if (this.#refused === null) return;
    const { since, failures } = this.#refused;
    this.#refused = null;
    const seconds = Math.round((performance.now() - since) / 100) / 10;
    this.#logger.info({ seconds, failures }, "journal: PostgreSQL takes the statements again");
  }
}
