import type { AttemptId } from "../../core/ids.ts";

/** What decides an attempt's place. */
export interface Standing {
  readonly attemptId: AttemptId;
  readonly score: number;
  /** The session's version at which the score was reached; no two attempts of a session have the same. */
  readonly reachedVersion: number;
}

interface RankedStanding extends Standing {
  readonly rank: number;
}

/** The total order: the higher score first, among equals the one who reached it first. */
export function compareStandings(a: Standing, b: Standing): number {
  return b.score - a.score || a.reachedVersion - b.reachedVersion;
}

/**
 * The attempts of a session in their order. A sorted array: finding a place takes O(log n) comparisons, and making
 * room there moves 10,000 references in a few microseconds.
 */
export class StandingsOrder {
  readonly #sorted: Standing[] = [];

  get size(): number {
    return this.#sorted.length;
  }

  add(standing: Standing): void {
    this.#sorted.splice(this.#placeOf(standing), 0, standing);
  }

  /** Takes out the standing that was added with the same score and version; does nothing where it is not there. */
  remove(standing: Standing): void {
    const place = this.#placeOf(standing);
    const found = this.#sorted[place];
    if (!found || found.attemptId !== standing.attemptId || compareStandings(found, standing) !== 0) return;
    this.#sorted.splice(place, 1);
  }

  /** 1 for the best; equal scores share a rank: 1, 2, 2, 4. */
  rankOf(score: number): number {
    return this.#firstNot((other) => other.score > score) + 1;
  }

  /** The best `count`, with their ranks. */
  best(count: number): RankedStanding[] {
    let rank = 0;
    let previous: number | null = null;
    return this.#sorted.slice(0, count).map((standing, index) => {
      if (standing.score !== previous) rank = index + 1;
      previous = standing.score;
      return { ...standing, rank };
    });
  }

  #placeOf(standing: Standing): number {
    return this.#firstNot((other) => compareStandings(other, standing) < 0);
  }

  /** Binary search for the first standing of which `before`, true for a beginning of the order, is false. */
  #firstNot(before: (other: Standing) => boolean): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#sorted[middle];
      if (other && before(other)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
