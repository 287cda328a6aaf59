/**
 * What graphql-ws is given in place of results: it never yields, ends when told, and says when it is returned. So
 * graphql-ws goes on knowing the subscription by its id, and says `complete` and `error` in the protocol's order.
 */
export class ParkedGenerator implements AsyncGenerator<never, void, void> {
  readonly #ended: Promise<IteratorReturnResult<void>>;
  readonly #onReturn: () => void;
  #end!: () => void;
  #fail!: (error: unknown) => void;

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
    this.#ended = new Promise((resolve, reject) => {
      this.#end = () => resolve({ done: true, value: undefined });
      this.#fail = reject;
    });
    // It may fail before graphql-ws asks.
    this.#ended.catch(() => {});
  }

  end(): void {
    this.#end();
  }

  fail(error: unknown): void {
    this.#fail(error);
  }

  next(): Promise<IteratorReturnResult<void>> {
    return this.#ended;
  }

  async return(): Promise<IteratorReturnResult<void>> {
    this.#onReturn();
    this.#end();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
