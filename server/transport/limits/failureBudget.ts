import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from "rate-limiter-flexible";

export interface BudgetRule {
  /** Names the budget where it is shared. */
  readonly name: string;
  /** How many may be spent in the time. */
  readonly points: number;
  readonly seconds: number;
}

/** How often something may go wrong. Counted for all servers together where they share a Redis. */
export interface FailureBudget {
  /** Milliseconds until there is something left for this key; 0 where there is. Asks nobody, so it costs nothing. */
  blockedFor(key: string): number;
  /** Spends one, and resolves to how many are spent. Never rejects. */
  spend(key: string): Promise<number>;
  /** Gives all of them back. Never rejects. */
  forgive(key: string): Promise<void>;
}

export type FailureBudgets = (rule: BudgetRule) => FailureBudget;

/** What of ioredis the budgets need: a command that can be defined, on a single Redis or a cluster. */
type RedisClient = ConstructorParameters<typeof RateLimiterRedis>[0]["storeClient"];

/** How many blocked keys one process remembers. */
const REMEMBERED = 100_000;

/** Without a Redis, each process counts for itself; where it does not answer, they do so until it is back. */
export function failureBudgets(redis: RedisClient | null = null): FailureBudgets {
  return ({ name, points, seconds }) => {
    const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
    const limiter =
      redis === null
        ? memory
        : new RateLimiterRedis({
            storeClient: redis,
            keyPrefix: `limit:${name}`,
            points,
            duration: seconds,
            insuranceLimiter: memory,
            rejectIfRedisNotReady: true,
          });
    const blocked = new Map<string, number>();

    function note(key: string, { consumedPoints, msBeforeNext }: RateLimiterRes): number {
      if (consumedPoints < points) return consumedPoints;
      blocked.delete(key);
      blocked.set(key, performance.now() + msBeforeNext);
      const oldest = blocked.keys().next();
      if (blocked.size > REMEMBERED && !oldest.done) blocked.delete(oldest.value);
      return consumedPoints;
    }

    return {
      blockedFor(key) {
        const until = blocked.get(key);
        if (until === undefined) return 0;
        const left = until - performance.now();
        if (left > 0) return left;
        blocked.delete(key);
        return 0;
      },
      async spend(key) {
        // The memory stands in for a Redis that fails, so what fails here is nothing that a caller could help.
        return limiter.penalty(key).then(
          (spent) => note(key, spent),
          () => 0,
        );
      },
      async forgive(key) {
        blocked.delete(key);
        await limiter.delete(key).catch(() => false);
      },
    };
  };
}
