import type { Redis } from "ioredis";

export interface SubscriberLinkParts {
  /** A connection for this alone, which does not resubscribe or resend by itself. */
  readonly redis: Redis;
  /** Whether to use the pub/sub of one node of a cluster. */
  readonly sharded: boolean;
  readonly onMessage: (channel: string, text: string) => void;
  /** Redis has confirmed a subscription: from now on, nothing is missed. */
  readonly onSubscribed: (channel: string) => void;
  /** A channel is another node's. */
  readonly onMoved: () => void;
}

/** After a subscription was refused, in milliseconds. */
const RETRY_MS = 500;

/**
 * One connection on which channels are subscribed, and subscribed again whenever it comes back. Nothing here rejects or
 * waits: Redis carries out what one connection sends in its order, so what was sent last for a channel is what holds.
 *
 * The client's own ways are off, because they reject where nobody can catch: its resubscribing does not await, and what
 * it resends may be older than what was asked since.
 */
export class SubscriberLink {
  readonly redis: Redis;
  readonly #parts: SubscriberLinkParts;
  readonly #wanted = new Set<string>();
  /** What was asked for on this connection. */
  readonly #sent = new Set<string>();
  /** Of what was asked for, something may not hold. */
  #unsure = false;
  #epoch = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(parts: SubscriberLinkParts) {
    const { redis, sharded, onMessage, onMoved } = parts;
    this.#parts = parts;
    this.redis = redis;
    redis.on("ready", () => {
      this.#forget();
      this.#sendAll();
    });
    redis.on("close", () => this.#forget());
    redis.on(sharded ? "smessage" : "message", (channel: string, text: string) => {
      if (this.#wanted.has(channel)) onMessage(channel, text);
    });
    redis.on("moved", () => {
      onMoved();
      // Which channel it was is not told, and its promise stays open for ever: all are asked for again.
      this.#unsure = true;
      this.#retryLater();
    });
    redis.on("error", (error: Error) => {
      // A node that gives a slot away unsubscribes unasked, which shifts the client's queue of replies by one.
      if (!error.message.startsWith("Command queue state error")) return;
      onMoved();
      redis.disconnect(true);
    });
  }

  get size(): number {
    return this.#wanted.size;
  }

  add(channel: string): void {
    this.#wanted.add(channel);
    this.#send(channel);
  }

  remove(channel: string): void {
    this.#wanted.delete(channel);
    if (!this.#sent.delete(channel) || this.redis.status !== "ready") return;
    const gone = this.#parts.sharded ? this.redis.sunsubscribe(channel) : this.redis.unsubscribe(channel);
    // What comes in spite of it is not passed on, and a lost connection has forgotten it.
    gone.catch(() => {});
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#wanted.clear();
    this.redis.disconnect();
  }

  #forget(): void {
    this.#unsure = false;
    this.#epoch += 1;
    this.#sent.clear();
  }

  #sendAll(): void {
    for (const channel of this.#wanted) this.#send(channel);
  }

  #send(channel: string): void {
    const { sharded, onSubscribed } = this.#parts;
    if (this.redis.status !== "ready" || this.#sent.has(channel)) return;
    this.#sent.add(channel);
    const epoch = this.#epoch;
    const done = sharded ? this.redis.ssubscribe(channel) : this.redis.subscribe(channel);
    done.then(
      () => {
        if (epoch === this.#epoch && this.#sent.has(channel)) onSubscribed(channel);
      },
      () => {
        if (epoch !== this.#epoch) return;
        this.#sent.delete(channel);
        this.#retryLater();
      },
    );
  }

  #retryLater(): void {
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      if (this.#unsure) this.#forget();
      this.#sendAll();
    }, RETRY_MS).unref();
  }
}
