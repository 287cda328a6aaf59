import { viewAttempt } from "./domain/attempts.ts";
import type { AttemptSnapshot } from "./domain/session.ts";
import type { Ranks } from "./store/liveStore.ts";

/** Told that there may be something new to be told. */
export interface AttemptListener {
  /** Whether this would be news to the one who follows. */
  awaits(attempt: AttemptSnapshot): boolean;
}

/** An attempt that is followed here, by one or more: what is known of it, and as of which version of the session. */
export class FollowedAttempt<Listener extends AttemptListener> {
  readonly listeners = new Set<Listener>();
  #attempt: AttemptSnapshot | null = null;
  /** As of which version the record was read; its rank may be a newer one's. */
  #readAt = 0;
  #knownAt = 0;

  /** As it is known; null before the first reading. Never goes back (I5). */
  get attempt(): AttemptSnapshot | null {
    return this.#attempt;
  }

  /** Whether a change at this version is in what is known. */
  has(version: number): boolean {
    return version <= this.#readAt;
  }

  /**
   * Takes in a reading of the attempt. Readings that began at different times may end in the other order; false where
   * this one can neither be taken nor left, as its record is newer and its rank older: then it is to be read again.
   */
  takeReading(attempt: AttemptSnapshot, version: number): boolean {
    if (this.has(version)) return true;
    if (version < this.#knownAt) return false;
    this.#attempt = attempt;
    this.#readAt = this.#knownAt = version;
    return true;
  }

  /**
   * Takes in where the attempt stands, without reading it. Nothing is taken where the score is another one: the record has
   * changed by then, which is announced, and the attempt read for itself.
   */
  takeRank({ version, phase, pacing, of }: Ranks): void {
    if (!this.#attempt || version <= this.#knownAt) return;
    const { record, answers } = this.#attempt;
    const place = of.get(record.id);
    if (place ? place.score !== record.score : record.status !== "REMOVED") return;
    this.#attempt = viewAttempt({ record, answers, rank: place?.rank ?? 0, phase, pacing });
    this.#knownAt = version;
  }

  /** Those to whom what is known is news. */
  *waiting(): Iterable<Listener> {
    if (!this.#attempt) return;
    for (const listener of this.listeners) if (listener.awaits(this.#attempt)) yield listener;
  }
}
