import type { SharedState } from "./sharedState.ts";

/** Somebody who follows a shared state, over whatever transport. */
export interface Subscriber {
  /** Hands a state over. False where the one before still waits: the subscriber is offered the newest later. */
  offer(state: SharedState): boolean;
  /** It has been behind for too long, and is to be let go. */
  giveUp(): void;
  /** Nothing comes any more; `unsent` is what the subscriber was behind with. */
  end(unsent: SharedState | null): void;
  /** Like `end`, because of an error that is fit to be shown. */
  fail(unsent: SharedState | null, error: unknown): void;
}
