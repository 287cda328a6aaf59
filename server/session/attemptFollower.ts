import type { AttemptSnapshot } from "./domain/session.ts";
import type { FollowedAttempt } from "./followedAttempt.ts";

/** One who follows an attempt: gets what is known when it asks, if that is news, and never a queue. */
export class AttemptFollower {
  readonly #followed: FollowedAttempt<AttemptFollower>;
  #given: AttemptSnapshot | null = null;
  #wake: (() => void) | undefined;
  #released = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(followed: FollowedAttempt<AttemptFollower>) {
    this.#followed = followed;
  }

  awaits(attempt: AttemptSnapshot): boolean {
    return this.#given === null || differs(attempt, this.#given);
  }

  /** Wakes it, if it waits; otherwise it will ask by itself. */
  tell(): void {
    this.#wake?.();
  }

  /** The next news; null once it is released. Rejects with what it was made to fail with. */
  async next(): Promise<AttemptSnapshot | null> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      if (this.#released) return null;
      const { attempt } = this.#followed;
      if (attempt && this.awaits(attempt)) {
        this.#given = attempt;
        return attempt;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.tell();
  }

  /** Lets it go where it waits. */
  release(): void {
    this.#released = true;
    this.tell();
  }
}

/** Whether the player would see a difference: their own record, or where they stand among the others. */
function differs(now: AttemptSnapshot, last: AttemptSnapshot): boolean {
  return (
    now.record.version !== last.record.version ||
    now.rank !== last.rank ||
    now.status !== last.status ||
    now.streak !== last.streak
  );
}
