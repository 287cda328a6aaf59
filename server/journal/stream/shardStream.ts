import { runScript, type StreamClient } from "./scripts.ts";

/** The consumer group of the journal's streams; its only one. */
const GROUP = "postgres";
/** Whoever has a shard's lease reads as this consumer: see lua/readShard.lua. */
const CONSUMER = "leaseholder";

/** An entry as it stands in a stream. */
export interface StreamEntry {
  readonly stream: string;
  /** Milliseconds since 1970 by Redis' clock, and a number. */
  readonly id: string;
  /** The journal entry, JSON; null where the fields are not there. */
  readonly text: string | null;
  /** The W3C `traceparent` of what wrote it. */
  readonly trace: string | null;
}

/** The lease of a shard, in the slot of its stream. Its value is the id of the worker that has it. */
export const leaseKey = (stream: string) => `${stream}:owner`;

/** What a worker reads of one shard, from when it took the lease until it loses it. */
export class ShardStream {
  readonly stream: string;
  readonly #client: StreamClient;
  readonly #workerId: string;
  #after = "0";
  #resume = "0";

  constructor(client: StreamClient, workerId: string, stream: string) {
    this.#client = client;
    this.#workerId = workerId;
    this.stream = stream;
  }

  /** Everything up to this id was given out: what comes behind it is new. */
  get resume(): string {
    return this.#resume;
  }

  /** The next entries, at most `count`, in their order; null where the lease is another's, or nobody's. */
  async read(count: number): Promise<readonly StreamEntry[] | null> {
    const keys = [leaseKey(this.stream), this.stream];
    const args = [this.#workerId, GROUP, CONSUMER, this.#after, count];
    const reply = (await runScript(this.#client, "readShard", keys, args)) as ReadReply;
    if (reply[0] === "lost") return null;
    const [, found, last] = reply;
    const entries = found.map(([id, fields]) => toEntry(this.stream, id, fields ?? []));
    this.#after = entries.at(-1)?.id ?? this.#after;
    this.#resume = entries.length === 0 ? last : this.#after;
    return entries;
  }
}

type ReadReply =
  | readonly ["lost"]
  | readonly [
      kind: "read",
      entries: readonly (readonly [id: string, fields: readonly string[] | null])[],
      last: string,
    ];

function toEntry(stream: string, id: string, fields: readonly string[]): StreamEntry {
  const field = (name: string) => {
    for (let index = 0; index < fields.length; index += 2)
      if (fields[index] === name) return fields[index + 1] ?? null;
    return null;
  };
  return { stream, id, text: field("entry"), trace: field("trace") };
}

/** Acknowledges entries of any streams, and trims the streams behind them. */
export async function settle(client: StreamClient, entries: readonly StreamEntry[]): Promise<void> {
  const ids = new Map<string, string[]>();
  for (const { stream, id } of entries) {
    const known = ids.get(stream);
    if (known) known.push(id);
    else ids.set(stream, [id]);
  }
  await Promise.all(
    Array.from(ids, ([stream, some]) => runScript(client, "settleEntries", [stream], [GROUP, ...some])),
  );
}

export interface StreamLag {
  /** Entries that are not stored and acknowledged. */
  readonly entries: number;
  /** Age of the oldest of them; 0 where there is none. */
  readonly oldestMs: number;
}

/** How far PostgreSQL is behind. What is acknowledged is trimmed in the same step, so all that is there is waiting. */
export async function lagOf(client: StreamClient, streams: readonly string[]): Promise<StreamLag> {
  const [time, ...shards] = await Promise.all([
    client.time(),
    ...streams.map(async (stream) => {
      const [entries, first] = await Promise.all([
        client.xlen(stream),
        client.xrange(stream, "-", "+", "COUNT", 1),
      ]);
      return { entries, first: first[0]?.[0] };
    }),
  ]);
  const now = Number(time[0]) * 1000 + Math.floor(Number(time[1]) / 1000);
  let entries = 0;
  let oldestMs = 0;
  for (const shard of shards) {
    entries += shard.entries;
    if (shard.first) oldestMs = Math.max(oldestMs, now - Number.parseInt(shard.first, 10));
  }
  return { entries, oldestMs };
}
