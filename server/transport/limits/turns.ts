/** Lets a few at a time do something for the same key, in the order in which they came. */
export interface Turns {
  /** Runs `work` when it is its turn. */
  take<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
}

interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * What went wrong is known only when it is over, so that many tries at the same moment would all come before the first is
 * counted. This holds them to `atOnce` at a time.
 */
export function createTurns(atOnce: number): Turns {
  const queues = new Map<string, Queue>();
  return {
    async take(key, work) {
      const queue = queues.get(key) ?? { running: 0, waiting: [] };
      queues.set(key, queue);
      if (queue.running >= atOnce) await new Promise<void>((resolve) => queue.waiting.push(resolve));
      else queue.running += 1;
      try {
        return await work();
      } finally {
        const next = queue.waiting.shift();
        if (next) next();
        else if (--queue.running === 0) queues.delete(key);
      }
    },
  };
}
