export interface Laggard {
  /** Offers again; true once it was taken. */
  retry(): boolean;
  giveUp(): void;
}

/** Those who still have an earlier state before them: they are offered the newest until they take it, or for too long. */
export class Laggards {
  readonly #everyMs: number;
  readonly #patienceMs: number;
  readonly #since = new Map<Laggard, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ everyMs, patienceMs }: { readonly everyMs: number; readonly patienceMs: number }) {
    this.#everyMs = everyMs;
    this.#patienceMs = patienceMs;
  }

  get size(): number {
    return this.#since.size;
  }

  add(laggard: Laggard): void {
    if (!this.#since.has(laggard)) this.#since.set(laggard, performance.now());
    this.#timer ??= setInterval(() => this.#retry(), this.#everyMs).unref();
  }

  delete(laggard: Laggard): void {
    this.#since.delete(laggard);
    if (this.#since.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #retry(): void {
    const now = performance.now();
    for (const [laggard, since] of this.#since) {
      if (laggard.retry()) this.delete(laggard);
      else if (now - since > this.#patienceMs) laggard.giveUp();
    }
  }
}
