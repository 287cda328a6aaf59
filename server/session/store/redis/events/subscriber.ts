import type { Redis } from "ioredis";
import { SubscriberLink } from "./subscriberLink.ts";

export interface SubscriberParts {
  readonly sharded: boolean;
  /** A new connection to the node, or to the only Redis; without the client's own resubscribing and resending. */
  readonly connect: (node: string) => Redis;
  /** The node that has a channel now; null while that is not known. */
  readonly nodeOf: (channel: string) => string | null;
  /** Find out anew which node has what. */
  readonly refresh: () => void;
}

type MessageListener = (channel: string, text: string) => void;
type SubscribedListener = (channel: string) => void;

/**
 * Subscriptions that never reject, survive every outage, and go to the right node of a cluster. It has the methods of a
 * client that `@graphql-yoga/redis-event-target` uses, which neither awaits nor catches.
 */
export class Subscriber {
  readonly #parts: SubscriberParts;
  readonly #links = new Map<string, SubscriberLink>();
  /** The channels wanted, each with the node where it is subscribed; null: nowhere yet. */
  readonly #channels = new Map<string, string | null>();
  readonly #onMessage: MessageListener[] = [];
  readonly #onSubscribed: SubscribedListener[] = [];
  #closed = false;

  constructor(parts: SubscriberParts) {
    this.#parts = parts;
  }

  /** "message": text on a channel. "subscribed": a subscription holds from now on, for the first time or again. */
  on(event: "message", listener: MessageListener): this;
  on(event: "subscribed", listener: SubscribedListener): this;
  on(event: "message" | "subscribed", listener: MessageListener | SubscribedListener): this {
    if (event === "message") this.#onMessage.push(listener as MessageListener);
    else this.#onSubscribed.push(listener as SubscribedListener);
    return this;
  }

  off(event: "message" | "subscribed", listener: MessageListener | SubscribedListener): this {
    const listeners: unknown[] = event === "message" ? this.#onMessage : this.#onSubscribed;
    const index = listeners.indexOf(listener);
    if (index >= 0) listeners.splice(index, 1);
    return this;
  }

  /** Resolves at once; "subscribed" tells when it holds. */
  subscribe(channel: string): Promise<void> {
    if (!this.#closed && !this.#channels.has(channel)) {
      this.#channels.set(channel, null);
      this.#place(channel);
    }
    return Promise.resolve();
  }

  unsubscribe(channel: string): Promise<void> {
    const node = this.#channels.get(channel);
    this.#channels.delete(channel);
    if (node) this.#links.get(node)?.remove(channel);
    return Promise.resolve();
  }

  /** Its connections: for those who watch whether they are alive. */
  *connections(): Iterable<Redis> {
    for (const { redis } of this.#links.values()) yield redis;
  }

  /** Moves channels to the nodes that have them now, and leaves nodes that have none. */
  rebalance(): void {
    for (const channel of this.#channels.keys()) this.#place(channel);
    if (!this.#parts.sharded) return;
    for (const [node, link] of this.#links) {
      if (link.size > 0) continue;
      this.#links.delete(node);
      link.close();
    }
  }

  close(): void {
    this.#closed = true;
    this.#channels.clear();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }

  #place(channel: string): void {
    const before = this.#channels.get(channel) ?? null;
    const node = this.#parts.nodeOf(channel);
    // While nobody knows better, where it was is as good as anywhere.
    if (node === null || node === before) return;
    if (before) this.#links.get(before)?.remove(channel);
    this.#channels.set(channel, node);
    this.#link(node).add(channel);
  }

  #link(node: string): SubscriberLink {
    const known = this.#links.get(node);
    if (known) return known;
    const link = new SubscriberLink({
      redis: this.#parts.connect(node),
      sharded: this.#parts.sharded,
      onMessage: (channel, text) => {
        for (const listener of this.#onMessage) listener(channel, text);
      },
      onSubscribed: (channel) => {
        for (const listener of this.#onSubscribed) listener(channel);
      },
      onMoved: this.#parts.refresh,
    });
    this.#links.set(node, link);
    return link;
  }
}
