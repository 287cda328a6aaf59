import type { Laggard, Laggards } from "./laggards.ts";
import type { SharedState } from "./sharedState.ts";
import type { Subscriber } from "./subscriber.ts";

/** One subscriber in a group: which state it was given last, and which one it has yet to take. */
export class Member implements Laggard {
  readonly subscriber: Subscriber;
  readonly #laggards: Laggards;
  #version: number | null = null;
  #unsent: SharedState | null = null;
  #gone = false;

  constructor(subscriber: Subscriber, laggards: Laggards) {
    this.subscriber = subscriber;
    this.#laggards = laggards;
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Gives it this state, unless it has a newer one already. One that is behind takes the newest when it can. */
  give(state: SharedState): void {
    if (this.#gone) return;
    if (state.version !== null) {
      if (this.#version !== null && state.version <= this.#version) return;
      this.#version = state.version;
    }
    this.#unsent = state;
    if (!this.retry()) this.#laggards.add(this);
    else this.#laggards.delete(this);
  }

  retry(): boolean {
    if (this.#unsent && !this.subscriber.offer(this.#unsent)) return false;
    this.#unsent = null;
    return true;
  }

  giveUp(): void {
    this.subscriber.giveUp();
  }

  /** Lets it go; gives back what it has not taken. */
  release(): SharedState | null {
    this.#gone = true;
    this.#laggards.delete(this);
    const unsent = this.#unsent;
    this.#unsent = null;
    return unsent;
  }
}
