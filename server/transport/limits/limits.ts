import { RateLimitedError } from "../../core/refusals.ts";
import { type CallerLimits, UNLIMITED } from "../../graphql/callerLimits.ts";
import type { Identity } from "../../graphql/context.ts";
import { type AccountGuard, createAccountGuard } from "./accountGuard.ts";
import { type CodeGuard, createCodeGuard } from "./codeGuard.ts";
import type { FailureBudgets } from "./failureBudget.ts";
import { createTokenBuckets } from "./tokenBuckets.ts";

/** Operations of one caller, in one process. A class is many callers, so these can be strict where they are one. */
export const OPERATION_RULES = {
  /** A player: a few operations for each question, and what a page asks for when it is opened. */
  attempt: { burst: 200, perSecond: 20 },
  /** A user in a browser, or one of their API keys. */
  user: { burst: 3_000, perSecond: 300 },
  /** All who show no token and come from one address: an auditorium that joins. */
  address: { burst: 10_000, perSecond: 2_000 },
} as const;

export interface Limits {
  /** To be asked before every operation. @throws RateLimitedError */
  admit(identity: Identity | undefined, address: string): void;
  /** What resolvers hold those to who come from this address. */
  of(address: string): CallerLimits;
}

/** For servers in which nothing is limited, such as those that benches measure. */
export const NO_LIMITS: Limits = { admit: () => {}, of: () => UNLIMITED };

export function createLimits(budgets: FailureBudgets, now: () => number = () => performance.now()): Limits {
  const buckets = {
    attempt: createTokenBuckets(OPERATION_RULES.attempt),
    user: createTokenBuckets(OPERATION_RULES.user),
    address: createTokenBuckets(OPERATION_RULES.address),
  };
  const codes = createCodeGuard(budgets);
  const accounts = createAccountGuard(budgets);

  function waitFor(identity: Identity | undefined, address: string): number {
    switch (identity?.kind) {
      case "player":
        return buckets.attempt.take(identity.attemptId, now());
      case "user":
        return buckets.user.take(identity.via === "api-key" ? identity.keyId : identity.userId, now());
      default:
        return buckets.address.take(address, now());
    }
  }

  return {
    admit(identity, address) {
      const wait = waitFor(identity, address);
      if (wait > 0) throw new RateLimitedError(wait);
    },
    of: (address) => new LimitsOfAddress(address, codes, accounts),
  };
}

class LimitsOfAddress implements CallerLimits {
  readonly #address: string;
  readonly #codes: CodeGuard;
  readonly #accounts: AccountGuard;

  constructor(address: string, codes: CodeGuard, accounts: AccountGuard) {
    this.#address = address;
    this.#codes = codes;
    this.#accounts = accounts;
  }

  byCode<Found>(code: string, lookup: () => Promise<Found | null>): Promise<Found | null> {
    return this.#codes.byCode(this.#address, code, lookup);
  }

  mayShare({ query, variables }: { readonly query?: string | null; readonly variables?: unknown }): boolean {
    return this.#codes.mayShare(this.#address, () => `${query} ${JSON.stringify(variables)}`);
  }

  signIn<Result>(
    email: string,
    attempt: () => Promise<Result>,
    isWrong: (error: unknown) => boolean,
  ): Promise<Result> {
    return this.#accounts.signIn(this.#address, email, attempt, isWrong);
  }

  signUp<Result>(attempt: () => Promise<Result>): Promise<Result> {
    return this.#accounts.signUp(this.#address, attempt);
  }
}
