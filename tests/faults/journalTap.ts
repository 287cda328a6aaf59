import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import type { AttemptRecord, Phase } from "../../server/session/domain/session.ts";
import type { JournalEntry } from "../../server/session/store/journal.ts";
import { journalKeys, SHARDS } from "../../server/session/store/redis/keys.ts";
import type { Closing, JournaledAnswer } from "./evidence.ts";

/** Reads the journal as it is written, beside the workers: what the store's own clock said of each question. */
export interface JournalTap {
  readonly closings: readonly Closing[];
  readonly answers: readonly JournaledAnswer[];
  /** Sessions of which an entry was trimmed before it was read here. */
  readonly incomplete: ReadonlySet<string>;
  stop(): Promise<void>;
}

const BLOCK_MS = 1000;
const COUNT = 500;
const AGAIN_MS = 20;

type Streams = readonly (readonly [
  key: string,
  entries: readonly (readonly [id: string, fields: string[]])[],
])[];

export function tapJournal(url: string): JournalTap {
  const keys = journalKeys(SHARDS);
  const last = new Map(keys.map((key) => [key, "0-0"]));
  const reading = new Reading();
  let stopped = false;
  let client: Redis | undefined;

  async function read(): Promise<void> {
    while (!stopped) {
      client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
      client.on("error", () => {});
      try {
        await client.connect();
        await readOn(client);
      } catch {
        // Redis was killed: on with the last entry that was read.
        await sleep(AGAIN_MS);
      } finally {
        client.disconnect();
      }
    }
  }

  async function readOn(redis: Redis): Promise<void> {
    while (!stopped) {
      const from = keys.map((key) => last.get(key) ?? "0-0");
      const reply = (await redis.call(
        "XREAD",
        ...["COUNT", COUNT, "BLOCK", BLOCK_MS, "STREAMS"],
        ...[...keys, ...from],
      )) as Streams | null;
      for (const [key, entries] of reply ?? []) {
        for (const [id, fields] of entries) {
          last.set(key, id);
          reading.take(fields[fields.indexOf("entry") + 1] ?? "");
        }
      }
    }
  }

  const over = read();
  return {
    get closings() {
      return reading.closings;
    },
    answers: reading.answers,
    incomplete: reading.incomplete,
    async stop() {
      stopped = true;
      client?.disconnect();
      await over;
    },
  };
}

/** What the entries read so far come to. */
class Reading {
  readonly answers: JournaledAnswer[] = [];
  readonly incomplete = new Set<string>();
  readonly #versions = new Map<string, number>();
  readonly #closings = new Map<string, Closing>();
  /** The number of the question on screen, of each session. */
  readonly #onScreen = new Map<string, number>();

  get closings(): readonly Closing[] {
    return [...this.#closings.values()];
  }

  take(text: string): void {
    let entry: JournalEntry;
    try {
      entry = JSON.parse(text) as JournalEntry;
    } catch {
      return;
    }
    const { sessionId, version } = entry;
    const before = this.#versions.get(sessionId) ?? 0;
    // What is poisoned here on purpose is no part of a session.
    if (before === 0 && entry.kind !== "opened") return;
    if (version > before + 1 && before > 0) this.incomplete.add(sessionId);
    this.#versions.set(sessionId, Math.max(before, version));
    if (entry.kind === "phase") this.#phase(sessionId, entry.phase, entry.at);
    if (entry.kind === "attempt" || entry.kind === "answer") this.#attempt(entry.attempt);
    if (entry.kind !== "answer") return;
    const { attemptId, questionId } = entry.answer;
    this.answers.push({ sessionId, version, attemptId, questionId });
  }

  #phase(sessionId: string, phase: Phase, at: number): void {
    const open = phase.state === "QUESTION_OPEN" ? phase.question : null;
    const before = this.#onScreen.get(sessionId);
    if (before !== undefined && before !== open?.number) this.#ended(sessionId, before, at);
    if (!open) {
      this.#onScreen.delete(sessionId);
      return;
    }
    this.#onScreen.set(sessionId, open.number);
    this.#open({ sessionId, attemptId: null, number: open.number, closesAt: open.closesAt, endedAt: null });
  }

  #attempt({ sessionId, id, facing }: AttemptRecord): void {
    if (facing === null) return;
    this.#open({
      sessionId,
      attemptId: id,
      number: facing.number,
      closesAt: facing.closesAt,
      endedAt: null,
    });
  }

  #open(closing: Closing): void {
    const key = keyOf(closing);
    const known = this.#closings.get(key);
    if (!known || known.closesAt < closing.closesAt) this.#closings.set(key, closing);
  }

  #ended(sessionId: string, number: number, at: number): void {
    const key = keyOf({ sessionId, attemptId: null, number });
    const known = this.#closings.get(key);
    if (known) this.#closings.set(key, { ...known, endedAt: at });
  }
}

const keyOf = ({ sessionId, attemptId, number }: Pick<Closing, "sessionId" | "attemptId" | "number">) =>
  `${sessionId} ${attemptId} ${number}`;
