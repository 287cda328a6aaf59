interface Told {
  tell(): void;
}

/** What is told to one costs about a tenth of a millisecond: so many take a millisecond or two. */
const PER_TURN = 16;

/**
 * Who is to be told something of their own, a few in each turn of the event loop: while thousands are told their ranks,
 * answers that come in wait no longer than a turn. Whoever waits in it twice is told once.
 */
export class TellingTurns {
  readonly #soon = new Set<Told>();
  readonly #later = new Set<Told>();
  #running = false;

  /** `when`: those for whom it is "soon" come before those for whom it is "later". False where it waits already. */
  add(told: Told, when: "soon" | "later"): boolean {
    const waits = this.#soon.has(told) || this.#later.has(told);
    if (when === "soon") {
      this.#later.delete(told);
      this.#soon.add(told);
    } else if (!waits) this.#later.add(told);
    if (!this.#running) {
      this.#running = true;
      setImmediate(() => this.#turn());
    }
    return !waits;
  }

  #turn(): void {
    for (let count = 0; count < PER_TURN; count++) if (!this.#tellOne()) break;
    this.#running = this.#soon.size > 0 || this.#later.size > 0;
    if (this.#running) setImmediate(() => this.#turn());
  }

  #tellOne(): boolean {
    for (const waiting of [this.#soon, this.#later]) {
      for (const told of waiting) {
        waiting.delete(told);
        told.tell();
        return true;
      }
    }
    return false;
  }
}
