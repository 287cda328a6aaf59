import type { ExecutionResult } from "graphql";
import type { SharedState } from "./sharedState.ts";
import type { Subscriber } from "./subscriber.ts";

type Step = IteratorResult<ExecutionResult, void>;

/**
 * A shared state as an iterator of results, for transports that pull: whoever pulls slowly finds the newest one, and
 * nothing queues up.
 */
export class LatestStates implements Subscriber, AsyncGenerator<ExecutionResult, void, void> {
  readonly #onReturn: () => void;
  #newest: SharedState | null = null;
  #over: { readonly error?: unknown } | null = null;
  #wake: (() => void) | undefined;

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
  }

  offer(state: SharedState): boolean {
    this.#newest = state;
    this.#wake?.();
    return true;
  }

  /** Never behind: it takes whatever is offered. */
  giveUp(): void {}

  end(): void {
    this.#over ??= {};
    this.#wake?.();
  }

  fail(_unsent: SharedState | null, error: unknown): void {
    this.#over ??= { error };
    this.#wake?.();
  }

  async next(): Promise<Step> {
    while (!this.#newest && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const value = this.#newest;
    this.#newest = null;
    if (value) return { done: false, value: value.shareable };
    const over = this.#over;
    this.#over = {};
    if (over && "error" in over) throw over.error;
    return { done: true, value: undefined };
  }

  async return(): Promise<Step> {
    this.#newest = null;
    this.end();
    this.#onReturn();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<Step> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
