import { createHash } from "node:crypto";
import { RateLimitedError } from "../../core/refusals.ts";
import type { FailureBudgets } from "./failureBudget.ts";
import { slowly } from "./slowly.ts";
import { createTurns } from "./turns.ts";

export const ACCOUNT_RULES = {
  /** Wrong passwords of one account from one address, or of one account from anywhere, that are answered at once. */
  free: { pair: 3, email: 20 },
  pair: { name: "sign-in", points: 10, seconds: 15 * 60 },
  address: { name: "sign-in-address", points: 100, seconds: 15 * 60 },
  /** Slows down only: nobody can lock another out of their account. */
  email: { name: "sign-in-email", points: 1_000_000, seconds: 60 * 60 },
  signUp: { name: "sign-up", points: 300, seconds: 60 * 60 },
  /** Passwords of one account that are tried from one address at the same time. */
  atOnce: 3,
} as const;

export interface AccountGuard {
  /** @throws RateLimitedError, and what `attempt` rejects with */
  signIn<Result>(
    address: string,
    email: string,
    attempt: () => Promise<Result>,
    isWrong: (error: unknown) => boolean,
  ): Promise<Result>;
  /** @throws RateLimitedError, and what `attempt` rejects with */
  signUp<Result>(address: string, attempt: () => Promise<Result>): Promise<Result>;
}

/**
 * Keeps passwords from being guessed. An account is closed to an address from which it was tried with too many wrong
 * ones, and to no other; an address from which many accounts were tried is closed to all.
 */
export function createAccountGuard(budgets: FailureBudgets): AccountGuard {
  const pairs = budgets(ACCOUNT_RULES.pair);
  const addresses = budgets(ACCOUNT_RULES.address);
  const emails = budgets(ACCOUNT_RULES.email);
  const signUps = budgets(ACCOUNT_RULES.signUp);
  const turns = createTurns(ACCOUNT_RULES.atOnce);

  return {
    signIn(address, email, attempt, isWrong) {
      const account = hashOf(email.trim().toLowerCase());
      const pair = `${account} ${address}`;
      return turns.take(pair, async () => {
        const blockedFor = Math.max(pairs.blockedFor(pair), addresses.blockedFor(address));
        if (blockedFor > 0) throw new RateLimitedError(blockedFor, "Too many wrong passwords.");
        try {
          const result = await attempt();
          void pairs.forgive(pair);
          return result;
        } catch (error) {
          if (isWrong(error)) {
            const [ofPair, ofEmail] = await Promise.all([
              pairs.spend(pair),
              emails.spend(account),
              addresses.spend(address),
            ]);
            await slowly(ofPair, ACCOUNT_RULES.free.pair);
            await slowly(ofEmail, ACCOUNT_RULES.free.email);
          }
          throw error;
        }
      });
    },

    async signUp(address, attempt) {
      const blockedFor = signUps.blockedFor(address);
      if (blockedFor > 0) throw new RateLimitedError(blockedFor, "Too many new accounts from this network.");
      // Counted whatever comes of it: a refusal tells whether an email address has an account.
      await signUps.spend(address);
      return attempt();
    },
  };
}

/** Email addresses do not lie about in memory, or in Redis. */
const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);
