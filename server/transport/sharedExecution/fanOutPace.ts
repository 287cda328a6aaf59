/**
 * How much is sent in one turn of the event loop, by all groups together: about a millisecond of work, so that
 * answers that come in while thousands of frames go out wait no longer than that.
 */
export class FanOutPace {
  readonly #perTurn: number;
  #left: number;
  #turn: Promise<void> | null = null;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
    this.#left = perTurn;
  }

  /** Resolves when one more may be sent; null where it may at once. */
  next(): Promise<void> | null {
    this.#turn ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#turn = null;
        this.#left = this.#perTurn;
        resolve();
      });
    });
    if (this.#left === 0) return this.#turn;
    this.#left -= 1;
    return null;
  }
}
