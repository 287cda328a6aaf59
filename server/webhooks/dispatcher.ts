import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Outage } from "../observability/outages.ts";
import { createBell } from "./bell.ts";
import { createPayloads, type PayloadParts } from "./payloads.ts";
import { createQueue, type Outcome, type Queue, type Taken } from "./queue.ts";
import { type TryParts, tryDelivery } from "./tryDelivery.ts";
import { TEST_TYPE } from "./webhook.ts";

export interface DispatcherParts extends Omit<TryParts, "timeoutMs">, Omit<PayloadParts, "pool"> {
  readonly pool: Pool;
  /** Of the database. */
  readonly outage: Outage;
  readonly observer: DispatchObserver;
  readonly times?: Partial<DispatchTimes>;
}

/** Counts how tries end. "given_up": the last one failed, or the endpoint is gone. */
export interface DispatchObserver {
  tried(outcome: "delivered" | "failed" | "given_up"): void;
}

/** In milliseconds. */
export interface DispatchTimes {
  /** Between two looks at what is due. */
  readonly pollMs: number;
  /** For one try. */
  readonly timeoutMs: number;
  /** After this, others may try what this process does not tell of any more. */
  readonly leaseMs: number;
  /** What a stopping process gives to the tries under way. */
  readonly graceMs: number;
}

export interface Dispatcher {
  /** Takes nothing more, finishes what is under way in the time of grace, and leaves the rest to others. Never rejects. */
  stop(): Promise<void>;
}

const TIMES: DispatchTimes = { pollMs: 1000, timeoutMs: 10_000, leaseMs: 30_000, graceMs: 2000 };
const AT_ONCE = 256;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/**
 * Sends messages to webhooks, at least once, beside any number of other processes: each is leased to one of them, and due again
 * should nothing be heard of it. Neither an outage of the database nor any endpoint ends it.
 */
export function startDispatcher(parts: DispatcherParts): Dispatcher {
  const running = new RunningDispatcher(parts);
  return { stop: () => running.stop() };
}

class RunningDispatcher {
  readonly #parts: DispatcherParts;
  readonly #times: DispatchTimes;
  readonly #queue: Queue;
  readonly #compose: ReturnType<typeof createPayloads>;
  readonly #bell = createBell();
  readonly #stopping = new AbortController();
  readonly #enough = new AbortController();
  /** How many tries of each webhook are under way. */
  readonly #busy = new Map<string, number>();
  readonly #tries = new Set<Promise<void>>();
  readonly #running: Promise<void>;
  /** What became of tries is written one by one: the connections are for those who wait. */
  #settling: Promise<void> = Promise.resolve();
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#times = { ...TIMES, ...parts.times };
    this.#queue = createQueue(parts.pool);
    this.#compose = createPayloads(parts);
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#bell.ring();
    await this.#running;
    const all = Promise.all(this.#tries);
    await Promise.race([all, sleep(this.#times.graceMs, undefined, { ref: false })]);
    this.#enough.abort();
    await all;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#sweep();
        await this.#takeSome();
        this.#parts.outage.works();
      } catch (error) {
        this.#parts.outage.fails(error);
      }
      await this.#bell.wait(this.#times.pollMs);
    }
  }

  async #takeSome(): Promise<void> {
    const taken = await this.#queue.take(this.#busy, AT_ONCE - this.#tries.size, this.#times.leaseMs);
    if (taken.length === 0) return;
    const composed = await this.#compose(taken.filter(({ payload }) => payload === null));
    await this.#queue.keepPayloads(composed);
    for (const one of taken) {
      const trying = this.#try(one, one.payload ?? composed.get(one.id) ?? null);
      this.#tries.add(trying);
      void trying.then(() => this.#tries.delete(trying));
    }
  }

  /** Never rejects: what could not be written is tried again once the lease has run out. */
  async #try(taken: Taken, payload: string | null): Promise<void> {
    const { webhookId } = taken;
    this.#busy.set(webhookId, (this.#busy.get(webhookId) ?? 0) + 1);
    const parts = { ...this.#parts, timeoutMs: this.#times.timeoutMs };
    const outcome = await tryDelivery(parts, taken, payload, this.#enough.signal);
    this.#settling = this.#settling.then(() =>
      this.#settle(taken, outcome).catch((error: unknown) => this.#parts.outage.fails(error)),
    );
    await this.#settling;
    const left = (this.#busy.get(webhookId) ?? 1) - 1;
    if (left === 0) this.#busy.delete(webhookId);
    else this.#busy.set(webhookId, left);
    this.#bell.ring();
  }

  async #settle(taken: Taken, outcome: Outcome | null): Promise<void> {
    if (outcome === null) return this.#queue.giveBack(taken);
    const { kind, waitMs } = outcome;
    await this.#queue.settle(taken, outcome);
    this.#parts.observer.tried(kind === "delivered" ? "delivered" : waitMs === null ? "given_up" : "failed");
    // A test tells that it works, not that it has ceased to.
    const counts = taken.type !== TEST_TYPE || kind === "delivered";
    if (counts && kind !== "erased") await this.#queue.judge(taken.webhookId, kind);
  }

  async #sweep(): Promise<void> {
    const now = performance.now();
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return;
    this.#sweptAt = now;
    await this.#queue.sweep();
  }
}
