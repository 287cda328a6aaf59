import { UnavailableError } from "../../../core/refusals.ts";
import { shardKeys } from "./keys.ts";
import { type Hold, holdOf, listOf, numberOf } from "./replies.ts";
import type { RedisClient, Reply, Scripts } from "./scripts.ts";
import { reaching } from "./unavailable.ts";

/** Changes of one piece of a beat: well under a tenth of a second of Redis' time. */
const CHANGES_AT_ONCE = 1000;
/** How long a call waits for the sessions of an emptied Redis; they come back all the same. */
const REFILL_WAIT_MS = 4000;
/** What held a script was seen to; that it is held again and again does not happen to a Redis that is well. */
const TRIES = 4;

export interface EmptyMoment {
  /** Redis' clock, in milliseconds since 1970. */
  readonly now: number;
  /** When this process last knew the shards alive, by the same clock; null where it never did. */
  readonly lastBeatAt: number | null;
}

/**
 * Puts the saved sessions of empty shards back, by `restore`. Several servers may do so at once, each for itself. Rejects
 * where they cannot be read: the shards then stay empty, and it is asked for again.
 */
export type Refill = (shards: ReadonlySet<number>, moment: EmptyMoment) => Promise<void>;

interface PulseParts {
  readonly client: RedisClient;
  readonly scripts: Scripts;
  readonly shards: number;
  /** Whether all shards can be asked in one command: not in a cluster. */
  readonly together: boolean;
  readonly refill?: Refill | undefined;
}

/** Knows whether each shard is watched, and sees to what was lost while it was not: time, or everything. */
export class Pulse {
  readonly #parts: PulseParts;
  readonly #beating = new Map<number, Promise<"alive" | "empty">>();
  readonly #lastBeats = new Map<number, number>();
  #refilling: Promise<void> | null = null;

  constructor(parts: PulseParts) {
    this.#parts = parts;
  }

  /** Beats every shard. A node that does not answer holds up its own shards only. */
  async beat(): Promise<void> {
    const shards = Array.from({ length: this.#parts.shards }, (_, shard) => shard);
    const beats = await Promise.allSettled(shards.map((shard) => this.#beat(shard)));
    if (beats.some((beat) => beat.status === "fulfilled" && beat.value === "empty")) await this.#refill();
    for (const beat of beats) if (beat.status === "rejected") throw beat.reason;
  }

  /** Runs a script of a shard; where it is held, sees to that first. */
  async through(shard: number, run: () => Promise<Reply>): Promise<Reply> {
    for (let tries = 0; tries < TRIES; tries++) {
      const reply = await run();
      const hold = holdOf(reply);
      if (hold === null) return reply;
      await this.heal(shard, hold);
    }
    throw new UnavailableError();
  }

  /** Sees to what holds a shard. */
  async heal(shard: number, hold: Hold): Promise<void> {
    if (hold === "gap" && (await this.#beat(shard)) === "alive") return;
    await withinTime(this.#refill(), REFILL_WAIT_MS);
  }

  /** Sees to it that no shard is empty, before it is said that something is not there. */
  async filled(): Promise<void> {
    const { client, together, shards } = this.#parts;
    const keys = Array.from({ length: shards }, (_, shard) => shardKeys(shard).alive);
    const groups = together ? [keys] : keys.map((key) => [key]);
    const found = await Promise.all(groups.map((group) => reaching(client.exists(...group))));
    if (found.reduce((sum, count) => sum + count, 0) < shards)
      await withinTime(this.#refill(), REFILL_WAIT_MS);
  }

  #beat(shard: number): Promise<"alive" | "empty"> {
    const running = this.#beating.get(shard);
    if (running) return running;
    const beating = this.#beatOnce(shard).finally(() => this.#beating.delete(shard));
    this.#beating.set(shard, beating);
    return beating;
  }

  async #beatOnce(shard: number): Promise<"alive" | "empty"> {
    const { due, journal, alive, gap } = shardKeys(shard);
    for (;;) {
      const reply = await this.#parts.scripts.run("beat", [due, journal, alive, gap], [CHANGES_AT_ONCE]);
      const [kind, now] = listOf(reply);
      if (kind === "more") continue;
      if (kind === "empty") return kind;
      this.#lastBeats.set(shard, numberOf(now));
      return "alive";
    }
  }

  #refill(): Promise<void> {
    this.#refilling ??= this.#refillOnce().finally(() => {
      this.#refilling = null;
    });
    return this.#refilling;
  }

  /** All shards that are empty, because those of one node are lost together. */
  async #refillOnce(): Promise<void> {
    const { scripts, shards, refill } = this.#parts;
    const empty = new Set<number>();
    let now = 0;
    const looks = Array.from({ length: shards }, async (_, shard) => {
      const { due, journal, alive, gap } = shardKeys(shard);
      const reply = await scripts.run("beat", [due, journal, alive, gap], [CHANGES_AT_ONCE]);
      const [kind, at] = listOf(reply);
      if (kind !== "empty") return;
      empty.add(shard);
      now = Math.max(now, numberOf(at));
    });
    await Promise.allSettled(looks);
    if (empty.size === 0) return;
    const known = [...empty].flatMap((shard) => this.#lastBeats.get(shard) ?? []);
    try {
      await refill?.(empty, { now, lastBeatAt: known.length > 0 ? Math.max(...known) : null });
    } catch (error) {
      throw new UnavailableError("Running games cannot be brought back yet. Try again.", { cause: error });
    }
    await Promise.all([...empty].map((shard) => scripts.run("awaken", [shardKeys(shard).alive], [])));
    for (const shard of empty) this.#lastBeats.set(shard, now);
  }
}

/** The promise, or an UnavailableError where it takes too long; it then goes on by itself. */
async function withinTime(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new UnavailableError("Running games are being brought back. Try again.")),
      ms,
    );
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
