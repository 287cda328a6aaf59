interface Counting {
  delivered(): void;
  /** Once, however it ends. */
  ended(): void;
}

/** The same results, counted as they are taken. */
export function countedResults<Result>(
  source: AsyncIterable<Result>,
  { delivered, ended }: Counting,
): AsyncIterableIterator<Result> {
  const iterator = source[Symbol.asyncIterator]();
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    ended();
  };
  return {
    async next() {
      try {
        const step = await iterator.next();
        if (step.done) end();
        else delivered();
        return step;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      return (await iterator.return?.()) ?? { done: true, value: undefined };
    },
    async throw(error: unknown) {
      end();
      if (iterator.throw) return iterator.throw(error);
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
