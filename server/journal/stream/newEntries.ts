import { pause } from "./pause.ts";
import type { StreamClient } from "./scripts.ts";
import type { ShardStream } from "./shardStream.ts";

/** How long Redis holds a question for new entries; shards that are taken meanwhile are noticed after it. */
const BLOCK_MS = 500;
/** In a cluster, one question cannot be about all shards: the longest time between two looks. */
const LOOK_MS = 250;
const FIRST_LOOK_MS = 10;
const CONNECTING_MS = 50;

/** Waits until there may be something new in a worker's streams, without asking all the time. */
export class NewEntries {
  readonly #connect: (() => StreamClient) | null;
  readonly #stopping: AbortSignal;
  #waiting: StreamClient | null = null;
  #idle = 0;
  #awake = new AbortController();

  /** `connect`: null where one question cannot be about all streams. */
  constructor(connect: (() => StreamClient) | null, stopping: AbortSignal) {
    this.#connect = connect;
    this.#stopping = stopping;
    stopping.addEventListener("abort", () => this.wake(), { once: true });
  }

  /** Ends a wait between two looks: there is another shard to look at. */
  wake(): void {
    this.#awake.abort();
  }

  /**
   * The shards that may have something; none where the wait is over without. `foundSome`: whether the last look did.
   * @throws what Redis says, or that it is away
   */
  async wait(shards: readonly ShardStream[], foundSome: boolean): Promise<readonly ShardStream[]> {
    if (this.#stopping.aborted) return [];
    if (this.#connect === null || shards.length === 0) return this.#waitAndLook(shards, foundSome);
    this.#waiting ??= this.#connect();
    if (this.#waiting.status !== "ready") {
      await this.#pause(CONNECTING_MS);
      return [];
    }
    const streams = shards.map(({ stream }) => stream);
    const from = shards.map(({ resume }) => resume);
    const found = await this.#waiting.xread("COUNT", 1, "BLOCK", BLOCK_MS, "STREAMS", ...streams, ...from);
    const names = new Set(found?.map(([name]) => name));
    return shards.filter(({ stream }) => names.has(stream));
  }

  async #waitAndLook(shards: readonly ShardStream[], foundSome: boolean): Promise<readonly ShardStream[]> {
    this.#idle = foundSome ? 0 : this.#idle + 1;
    if (this.#idle > 0) await this.#pause(Math.min(FIRST_LOOK_MS * 2 ** (this.#idle - 1), LOOK_MS));
    return shards;
  }

  stop(): void {
    this.#waiting?.disconnect();
    this.#waiting = null;
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, this.#awake.signal);
    if (this.#awake.signal.aborted && !this.#stopping.aborted) this.#awake = new AbortController();
  }
}
