import type { ExecutionResult } from "graphql";
import type { SharedState } from "./sharedState.ts";
import type { Subscriber } from "./subscriber.ts";

type Step = { readonly version?: number; readonly text?: string };

/** A source that brings what it is told to, and knows whether it is still wanted. */
export class Source implements AsyncGenerator<ExecutionResult, void, void> {
  closed = false;
  pulls = 0;
  #waiting: PromiseWithResolvers<IteratorResult<ExecutionResult, void>> | undefined;

  next() {
    this.pulls += 1;
    this.#waiting = withResolvers();
    return this.#waiting.promise;
  }
  bring({ version, text = `v${version}` }: Step) {
    const state = { text, ...(version !== undefined && { sharedExecution_version: version }) };
    this.#waiting?.resolve({ done: false, value: { data: { board: state } } });
    return settled();
  }
  end() {
    this.#waiting?.resolve({ done: true, value: undefined });
    return settled();
  }
  fail(error: unknown) {
    this.#waiting?.reject(error);
    return settled();
  }
  async return() {
    this.closed = true;
    this.#waiting?.resolve({ done: true, value: undefined });
    return { done: true as const, value: undefined };
  }
  async throw(error: unknown): Promise<never> {
    throw error;
  }
  [Symbol.asyncIterator]() {
    return this;
  }
}

interface PromiseWithResolvers<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

export function withResolvers<Value>(): PromiseWithResolvers<Value> {
  const made: Partial<PromiseWithResolvers<Value>> = {};
  const promise = new Promise<Value>((resolve, reject) => Object.assign(made, { resolve, reject }));
  return Object.assign(made, { promise }) as PromiseWithResolvers<Value>;
}

/** A few turns of the event loop, in which everything that can happen has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export class Listener implements Subscriber {
  readonly seen: string[] = [];
  isBusy = false;
  wasGivenUp = false;

  offer(state: SharedState) {
    if (this.isBusy) return false;
    this.seen.push(textOf(state));
    return true;
  }
  giveUp() {
    this.wasGivenUp = true;
  }
  end(unsent: SharedState | null) {
    this.seen.push(...(unsent ? [textOf(unsent)] : []), "end");
  }
  fail(unsent: SharedState | null, error: unknown) {
    this.seen.push(...(unsent ? [textOf(unsent)] : []), String(error));
  }
}

const textOf = ({ json }: SharedState) => {
  const { data, errors } = JSON.parse(json);
  return errors ? `refused: ${errors[0].message}` : (data.board.text as string);
};
