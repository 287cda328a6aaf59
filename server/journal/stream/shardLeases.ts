import type { Logger } from "../../observability/logger.ts";
import { pause } from "./pause.ts";
import { runScript, type StreamClient } from "./scripts.ts";
import { leaseKey, ShardStream } from "./shardStream.ts";

/** All workers that are alive; a key of its own, in no shard. */
const WORKERS = "journal:workers";
/** A worker that was not heard of for so long has lost its shards; its successor is there within a beat of this. */
const LEASE_MS = 3000;
const BEAT_MS = 500;

export interface ShardLeasesParts {
  readonly client: StreamClient;
  readonly streams: readonly string[];
  readonly workerId: string;
  readonly logger: Logger;
  /** Hears of shards that were taken just now. */
  readonly onTaken: () => void;
}

/**
 * The shards that this worker has. A lease lasts some seconds and is prolonged as long as this process is alive, also
 * while it waits for PostgreSQL. Workers that see each other share the shards evenly, up to one: who has too few takes
 * what is free, who has too many gives back, between its batches.
 */
export class ShardLeases {
  readonly #parts: ShardLeasesParts;
  readonly #owned = new Map<string, ShardStream>();
  readonly #stopping = new AbortController();
  readonly #beating: Promise<void>;
  #quota: number;
  #resting = false;

  constructor(parts: ShardLeasesParts) {
    this.#parts = parts;
    this.#quota = parts.streams.length;
    this.#beating = this.#beat();
  }

  get owned(): readonly ShardStream[] {
    return [...this.#owned.values()];
  }

  /** That a reading said so: the lease is not this worker's any more. */
  lost(shard: ShardStream): void {
    if (this.#owned.get(shard.stream) === shard) this.#owned.delete(shard.stream);
  }

  /**
   * Leaves the shards to others, for as long as this worker cannot write. What it has in hand, it writes when it can:
   * that changes nothing then. Never rejects.
   */
  async rest(): Promise<void> {
    this.#resting = true;
    await this.#leave();
  }

  resume(): void {
    this.#resting = false;
  }

  /** Gives back what is more than this worker's share. To be called while no entry is in hand. */
  async giveBackSurplus(): Promise<void> {
    const surplus = this.owned.slice(this.#quota);
    if (surplus.length > 0) await this.#giveBack(surplus);
  }

  /** Takes and prolongs nothing any more, gives everything back, and says that this worker is gone. Never rejects. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#beating;
    await this.#leave();
  }

  async #leave(): Promise<void> {
    const { client, workerId, logger } = this.#parts;
    await Promise.all([this.#giveBack(this.owned), client.zrem(WORKERS, workerId)]).catch((error: unknown) =>
      logger.warn({ err: error }, "journal: shards were not given back; they are free in a few seconds"),
    );
  }

  async #beat(): Promise<void> {
    const { signal } = this.#stopping;
    let failing = false;
    while (!signal.aborted) {
      try {
        if (!this.#resting) await this.#attend();
        failing = false;
      } catch (error) {
        // Whether the leases are still there, the next reading tells.
        if (!failing)
          this.#parts.logger.warn({ err: error }, "journal: leases could not be prolonged; trying again");
        failing = true;
      }
      await pause(BEAT_MS, signal);
    }
  }

  async #attend(): Promise<void> {
    const { client, workerId, streams, onTaken } = this.#parts;
    const alive = (await runScript(client, "attendWorkers", [WORKERS], [workerId, LEASE_MS])) as string[];
    const place = Math.max(0, alive.sort().indexOf(workerId));
    const share = streams.length / Math.max(1, alive.length);
    this.#quota = Math.floor(share) + (place < streams.length % Math.max(1, alive.length) ? 1 : 0);
    await Promise.all(this.owned.map(({ stream }) => this.#take(stream)));
    // Each worker begins elsewhere, so that those who come at once do not all ask for the same.
    const first = Math.floor(place * share);
    const free = [...streams.slice(first), ...streams.slice(0, first)].filter(
      (name) => !this.#owned.has(name),
    );
    let taken = false;
    while (
      this.#owned.size < this.#quota &&
      free.length > 0 &&
      !this.#resting &&
      !this.#stopping.signal.aborted
    ) {
      const some = free.splice(0, this.#quota - this.#owned.size);
      const results = await Promise.all(some.map((stream) => this.#take(stream)));
      taken ||= results.includes("taken");
    }
    if (taken) onTaken();
  }

  async #take(stream: string): Promise<"taken" | "kept" | "held"> {
    const { client, workerId, logger } = this.#parts;
    const args = [workerId, LEASE_MS];
    const result = (await runScript(client, "takeShard", [leaseKey(stream)], args)) as
      | "taken"
      | "kept"
      | "held";
    if (result === "held") this.#owned.delete(stream);
    // "Kept" without being known: the reply to the taking was lost.
    if (result === "taken" || (result === "kept" && !this.#owned.has(stream))) {
      this.#owned.set(stream, new ShardStream(client, workerId, stream));
      logger.debug({ stream }, "journal: took a shard");
    }
    return result;
  }

  async #giveBack(shards: readonly ShardStream[]): Promise<void> {
    const { client, workerId } = this.#parts;
    for (const { stream } of shards) this.#owned.delete(stream);
    await Promise.all(
      shards.map(({ stream }) => runScript(client, "leaveShard", [leaseKey(stream)], [workerId])),
    );
  }
}
