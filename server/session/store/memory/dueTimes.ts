import type { AttemptId, SessionId } from "../../../core/ids.ts";

/** Something that happens to a session by itself, at `at`. */
export type Due = { readonly at: number; readonly sessionId: SessionId } & (
  | { readonly kind: "question"; readonly number: number }
  | { readonly kind: "facing"; readonly attemptId: AttemptId; readonly number: number }
  | { readonly kind: "abandoned" }
  | { readonly kind: "forgotten" }
);

/** Due times, the earliest on top: a binary heap. What is no longer due stays in it until it comes up. */
export class DueTimes {
  readonly #heap: Due[] = [];

  get next(): Due | undefined {
    return this.#heap[0];
  }

  add(due: Due): void {
    let place = this.#heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above];
      if (!parent || parent.at <= due.at) break;
      this.#heap[place] = parent;
      place = above;
    }
    this.#heap[place] = due;
  }

  takeNext(): Due | undefined {
    const top = this.#heap[0];
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
    return top;
  }

  /** Puts `due` in at the top and lets it down to its place. */
  #sink(due: Due): void {
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      const left = this.#heap[below];
      if (!left) break;
      const right = this.#heap[below + 1];
      if (right && right.at < left.at) below += 1;
      const child = right && right.at < left.at ? right : left;
      if (child.at >= due.at) break;
      this.#heap[place] = child;
      place = below;
    }
    this.#heap[place] = due;
  }
}
