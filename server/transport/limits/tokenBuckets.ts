export interface BucketRule {
  /** How many may come at once. */
  readonly burst: number;
  /** How many more each second. */
  readonly perSecond: number;
}

export interface TokenBuckets {
  /** Takes one; 0 where there was one, else in how many milliseconds there will be one. `now` in milliseconds. */
  take(key: string, now: number): number;
}

interface Bucket {
  left: number;
  at: number;
}

/**
 * Counts what comes often, in this process alone, without a promise or a timer: this stands in the way of every answer.
 * A bucket that nobody has touched for as long as it takes to fill is full, and therefore forgotten: there are two
 * generations, and what is not used in one is gone with the next.
 */
export function createTokenBuckets({ burst, perSecond }: BucketRule): TokenBuckets {
  const fillMs = (burst / perSecond) * 1000;
  let recent = new Map<string, Bucket>();
  let older = new Map<string, Bucket>();
  let turnsAt = Number.NEGATIVE_INFINITY;
  return {
    take(key, now) {
      if (now >= turnsAt) {
        older = now >= turnsAt + fillMs ? new Map() : recent;
        recent = new Map();
        turnsAt = now + fillMs;
      }
      let bucket = recent.get(key);
      if (bucket === undefined) {
        bucket = older.get(key) ?? { left: burst, at: now };
        recent.set(key, bucket);
      }
      bucket.left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) * perSecond) / 1000);
      bucket.at = now;
      if (bucket.left < 1) return Math.ceil(((1 - bucket.left) * 1000) / perSecond);
      bucket.left -= 1;
      return 0;
    },
  };
}
