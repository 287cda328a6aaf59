interface Told {
  delivered(transport: "ws", subscription: string, count: number): void;
}

/** Counts what is sent, and tells of it once a turn of the event loop, so that counting costs next to nothing. */
export class Deliveries {
  readonly #observer: Told;
  readonly #counts = new Map<string, number>();

  constructor(observer: Told) {
    this.#observer = observer;
  }

  add(subscription: string): void {
    if (this.#counts.size === 0) setImmediate(() => this.#tell());
    this.#counts.set(subscription, (this.#counts.get(subscription) ?? 0) + 1);
  }

  #tell(): void {
    for (const [subscription, count] of this.#counts) this.#observer.delivered("ws", subscription, count);
    this.#counts.clear();
  }
}
