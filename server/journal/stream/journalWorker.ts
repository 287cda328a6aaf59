import type { Pool } from "pg";
import type { SessionId } from "../../core/ids.ts";
import type { Logger } from "../../observability/logger.ts";
import { createOutages, type Outage, type Outages } from "../../observability/outages.ts";
import { noTracer, type Tracer } from "../../observability/tracer.ts";
import type { AlsoWrite } from "../statements.ts";
import { namesOf } from "./deadLetters.ts";
import { EntryWriter, StoppedError } from "./entryWriter.ts";
import { NewEntries } from "./newEntries.ts";
import { backoffMs, pause } from "./pause.ts";
import type { StreamClient } from "./scripts.ts";
import { ShardLeases } from "./shardLeases.ts";
import { lagOf, type ShardStream, type StreamEntry, type StreamLag, settle } from "./shardStream.ts";

/** About the entries of one transaction: 1,000 is where PostgreSQL's multi-row inserts stop gaining. */
const MAX_BATCH = 1000;
const LEAST_OF_A_SHARD = 32;
const WRITE_TIMEOUT_MS = 10_000;
/** Who cannot write for so long leaves the shards to those who perhaps can. */
const REST_AFTER_MS = 3000;

export interface JournalWorkerParts {
  readonly redis: {
    readonly client: StreamClient;
    /** Whether it is a cluster: one command then is about one shard. */
    readonly sharded: boolean;
    /** Another connection to the same Redis, for a command that waits. Not called in a cluster. */
    duplicate(): StreamClient;
  };
  /** The journal's streams, one of each shard. The same, in the same order, for every worker. */
  readonly streams: readonly string[];
  /** For this worker alone; one connection is enough. It must bound the time of connecting, and listen for "error". */
  readonly pool: Pool;
  /** Told before an entry is acknowledged that everything of the session up to `version` is in PostgreSQL. */
  readonly markStored: (sessionId: SessionId, version: number) => Promise<void>;
  readonly logger: Logger;
  /** Where others in this process tell of theirs; otherwise the worker tells of its own. */
  readonly outages?: Outages;
  /** Another one for each worker that was ever started. */
  readonly workerId: string;
  readonly observer?: JournalObserver;
  /** What else each batch's transaction writes. */
  readonly alsoWrite?: AlsoWrite;
  /** Shows the writing in the traces that the entries name. */
  readonly tracer?: Pick<Tracer, "batch">;
  /** The most time for a transaction in PostgreSQL, in milliseconds. */
  readonly writeTimeoutMs?: number;
  /**
   * Acknowledges entries before they are written, which loses them when the worker dies between. Only the negative control of
   * the fault test gives it: a checker that finds nothing then would find nothing ever.
   */
  readonly acknowledgeFirst?: boolean;
}

/** What is counted. */
export interface JournalObserver {
  /** A batch is in PostgreSQL. */
  batchWritten(entries: number, seconds: number): void;
  /** PostgreSQL did not take a batch, and it is tried again. */
  batchFailed(): void;
  deadLettered(entries: number): void;
}

export interface JournalWorker {
  /** How far PostgreSQL is behind, whichever workers write. Rejects while Redis cannot be reached. */
  lag(): Promise<StreamLag>;
  /**
   * Finishes the batch in hand, unless PostgreSQL or Redis is away (it is then the next worker's), and gives the
   * shards back. Never rejects.
   */
  stop(): Promise<void>;
}

/**
 * Takes the journal from its streams to PostgreSQL, beside any number of others. Each stream is worked through in its order
 * by one worker at a time, so that what is stored of a session is always everything up to some version. An entry stays in
 * its stream until it is in PostgreSQL, or, where its data makes that impossible, in `dead_letter`. Neither an outage of
 * Redis or of PostgreSQL nor a bad entry ends it.
 */
export function createJournalWorker(parts: JournalWorkerParts): JournalWorker {
  const worker = new Worker(parts);
  return { lag: () => lagOf(parts.redis.client, parts.streams), stop: () => worker.stop() };
}

class Worker {
  readonly #parts: JournalWorkerParts;
  readonly #stopping = new AbortController();
  readonly #writer: EntryWriter;
  readonly #leases: ShardLeases;
  readonly #new: NewEntries;
  readonly #redisOutage: Outage;
  readonly #running: Promise<void>;

  constructor(parts: JournalWorkerParts) {
    const { redis, streams, workerId, logger, pool, observer } = parts;
    const { signal } = this.#stopping;
    this.#parts = parts;
    const outages = parts.outages ?? createOutages(logger);
    this.#redisOutage = outages.of("redis");
    this.#writer = new EntryWriter({
      outage: outages.of("database"),
      ...{ pool, logger, stopping: signal, timeoutMs: parts.writeTimeoutMs ?? WRITE_TIMEOUT_MS },
      alsoWrite: parts.alsoWrite,
      onFailed: (forMs) => {
        observer?.batchFailed();
        if (forMs > REST_AFTER_MS) void this.#leases.rest();
      },
      onDeadLetters: (count) => observer?.deadLettered(count),
    });
    this.#new = new NewEntries(redis.sharded ? null : () => redis.duplicate(), signal);
    const onTaken = () => this.#new.wake();
    this.#leases = new ShardLeases({ client: redis.client, streams, workerId, logger, onTaken });
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#new.stop();
    await this.#running;
    await this.#leases.stop();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    let foundSome = false;
    while (!signal.aborted) {
      try {
        await this.#leases.giveBackSurplus();
        const batch = await this.#collect(await this.#new.wait(this.#leases.owned, foundSome));
        if (batch.length > 0) await this.#work(batch);
        foundSome = batch.length > 0;
        failures = 0;
      } catch (error) {
        if (error instanceof StoppedError || signal.aborted) break;
        this.#redisOutage.fails(error);
        await pause(backoffMs(failures++), signal);
      }
    }
  }

  /** What the shards have, each the same share; then more from those that have more. */
  async #collect(shards: readonly ShardStream[]): Promise<readonly StreamEntry[]> {
    const share = Math.max(LEAST_OF_A_SHARD, Math.ceil(MAX_BATCH / Math.max(1, shards.length)));
    const first = await this.#readAll(shards, share);
    const batch = first.flatMap(({ entries }) => entries);
    const full = first.filter(({ entries }) => entries.length === share).map(({ shard }) => shard);
    const room = Math.floor((MAX_BATCH - batch.length) / full.length);
    if (full.length > 0 && room >= LEAST_OF_A_SHARD)
      batch.push(...(await this.#readAll(full, room)).flatMap(({ entries }) => entries));
    return batch;
  }

  /** What was read counts as given out. So the failure of one shard must not make the others' entries be forgotten. */
  async #readAll(shards: readonly ShardStream[], count: number) {
    const results = await Promise.allSettled(shards.map((shard) => shard.read(count)));
    const read: { readonly shard: ShardStream; readonly entries: readonly StreamEntry[] }[] = [];
    const failures: unknown[] = [];
    for (const [index, shard] of shards.entries()) {
      const result = results[index];
      if (result?.status !== "fulfilled") failures.push(result?.reason);
      else if (result.value === null) this.#leases.lost(shard);
      else read.push({ shard, entries: result.value });
    }
    const nothing = read.every(({ entries }) => entries.length === 0);
    if (nothing && failures.length > 0) throw failures[0];
    return read;
  }

  async #work(batch: readonly StreamEntry[]): Promise<void> {
    const { acknowledgeFirst = false, tracer = noTracer, observer } = this.#parts;
    if (acknowledgeFirst) await this.#settle(batch);
    const began = performance.now();
    const traces = batch.flatMap(({ trace }) => trace ?? []);
    await tracer.batch(traces, "journal.write", { entries: batch.length }, () => this.#writer.write(batch));
    this.#leases.resume();
    observer?.batchWritten(batch.length, (performance.now() - began) / 1000);
    if (!acknowledgeFirst) await this.#settle(batch);
  }

  /**
   * Says what is stored, and only then lets go of the entries: who dies between leaves them to the next worker, which
   * says it again. Waits for a Redis that is away.
   */
  async #settle(batch: readonly StreamEntry[]): Promise<void> {
    const { redis, markStored } = this.#parts;
    const versions = newestVersions(batch);
    for (let tries = 0; ; tries++) {
      try {
        await Promise.all(Array.from(versions, ([id, version]) => markStored(id, version)));
        return await settle(redis.client, batch);
      } catch (error) {
        if (this.#stopping.signal.aborted)
          throw new StoppedError("Stopped before the batch was acknowledged");
        this.#redisOutage.fails(error);
        await pause(backoffMs(tries), this.#stopping.signal);
      }
    }
  }
}

/** The newest version of each session in a batch, the entries that were put aside among them. */
function newestVersions(batch: readonly StreamEntry[]): ReadonlyMap<SessionId, number> {
  const versions = new Map<SessionId, number>();
  for (const { text } of batch) {
    const { sessionId, version } = namesOf(text);
    if (sessionId === null || version === null) continue;
    versions.set(sessionId as SessionId, Math.max(versions.get(sessionId as SessionId) ?? 0, version));
  }
  return versions;
}
