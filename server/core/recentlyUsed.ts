/** Keeps what was used last, up to a sum of weights. Whatever is heavier than all of that together is not kept. */
export class RecentlyUsed<Key, Value> {
  readonly #limit: number;
  readonly #weigh: (key: Key, value: Value) => number;
  /** The one that was used longest ago comes first. */
  readonly #kept = new Map<Key, Value>();
  #weight = 0;

  /** Each weighs 1 unless told. */
  constructor(limit: number, weigh: (key: Key, value: Value) => number = () => 1) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  get size(): number {
    return this.#kept.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#kept.get(key);
    if (value === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.delete(key);
    const weight = this.#weigh(key, value);
    if (weight > this.#limit) return;
    this.#kept.set(key, value);
    this.#weight += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.#limit) break;
      this.delete(oldest);
    }
  }

  delete(key: Key): void {
    const value = this.#kept.get(key);
    if (value === undefined) return;
    this.#kept.delete(key);
    this.#weight -= this.#weigh(key, value);
  }
}
