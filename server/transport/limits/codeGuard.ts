import { RateLimitedError } from "../../core/refusals.ts";
import type { FailureBudget, FailureBudgets } from "./failureBudget.ts";
import { createKeySets } from "./keySets.ts";
import { slowly } from "./slowly.ts";
import { createTurns } from "./turns.ts";

export const CODE_RULES = {
  /** Wrong codes of one address that are answered at once. */
  free: 10,
  soon: { name: "codes", points: 60, seconds: 10 * 60 },
  daily: { name: "codes-day", points: 600, seconds: 24 * 60 * 60 },
  /** Codes that an address has not shown yet, tried at the same time. */
  atOnce: 8,
} as const;

export interface CodeGuard {
  /** @throws RateLimitedError */
  byCode<Found>(address: string, code: string, lookup: () => Promise<Found | null>): Promise<Found | null>;
  /** Whether this address may still try codes, or knows all those in the text. */
  mayShare(address: string, text: () => string): boolean;
}

/**
 * Keeps six digits from being guessed, though a class of thousands may come from one address: a code that has led
 * somewhere from there leads there for everyone behind it, whatever others get wrong; telling it once more tells nobody
 * anything. Of codes that are new there, only so many may be wrong. The same wrong code again is not another guess: a
 * forgotten page that asks for it all night spends one.
 */
export function createCodeGuard(budgets: FailureBudgets): CodeGuard {
  const spent: readonly FailureBudget[] = [budgets(CODE_RULES.soon), budgets(CODE_RULES.daily)];
  const known = createKeySets({ keys: 20_000, each: 500 });
  const wrong = createKeySets({ keys: 20_000, each: 100 });
  const turns = createTurns(CODE_RULES.atOnce);

  const blockedFor = (address: string) => Math.max(...spent.map((budget) => budget.blockedFor(address)));

  async function tryNew<Found>(
    address: string,
    code: string,
    lookup: () => Promise<Found | null>,
  ): Promise<{ found: Found | null; failures: number }> {
    const wait = blockedFor(address);
    if (wait > 0 && !known.has(address, code)) {
      throw new RateLimitedError(wait, "Too many wrong codes from this network.");
    }
    const found = await lookup();
    if (found !== null) {
      known.add(address, code);
      return { found, failures: 0 };
    }
    if (wrong.has(address, code)) return { found, failures: 0 };
    wrong.add(address, code);
    const [failures = 0] = await Promise.all(spent.map((budget) => budget.spend(address)));
    return { found, failures };
  }

  return {
    mayShare(address, text) {
      if (blockedFor(address) === 0) return true;
      return (text().match(/\d{6}/g) ?? []).every((code) => known.has(address, code));
    },
    async byCode(address, code, lookup) {
      // What is no code finds nothing, and tells nothing.
      if (!/^\d{6}$/.test(code) || known.has(address, code)) return lookup();
      const { found, failures } = await turns.take(address, () => tryNew(address, code, lookup));
      await slowly(failures, CODE_RULES.free);
      return found;
    },
  };
}
