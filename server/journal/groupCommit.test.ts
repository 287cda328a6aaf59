import { pino } from "pino";
import { describe, expect, test } from "vitest";
import type { SessionId } from "../core/ids.ts";
import type { JournalEntry } from "../session/store/journal.ts";
import { createGroupCommitJournal } from "./groupCommit.ts";

const entry = (version: number): JournalEntry => ({
  kind: "phase",
  phase: { state: "LOBBY" },
  sessionId: "00000000-0000-4000-8000-000000000000" as SessionId,
  version,
  at: 0,
});

const versions = (entries: readonly JournalEntry[]) => entries.map(({ version }) => version);

function setUp(write: (entries: readonly JournalEntry[]) => Promise<void>, maxBatch?: number) {
  return createGroupCommitJournal({
    write,
    logger: pino({ level: "silent" }),
    retryDelaysMs: [1],
    ...(maxBatch !== undefined && { maxBatch }),
  });
}

class DatabaseError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

describe("group commit", () => {
  test("what gathers while a commit is under way goes into the next one", async () => {
    const batches: number[][] = [];
    const gates: (() => void)[] = [];
    const journal = setUp(async (entries) => {
      batches.push(versions(entries));
      await new Promise<void>((resolve) => gates.push(resolve));
    });
    const first = journal.append(entry(1));
    await expect.poll(() => gates.length).toBe(1);
    const rest = [journal.append(entry(2)), journal.append(entry(3))];
    expect(journal.pending).toBe(3);
    gates[0]?.();
    await first;
    await expect.poll(() => gates.length).toBe(2);
    gates[1]?.();
    await Promise.all(rest);
    expect(batches).toEqual([[1], [2, 3]]);
    expect(journal.pending).toBe(0);
  });

  test("I2: an append resolves only after the write that holds it", async () => {
    let written = false;
    const journal = setUp(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      written = true;
    });
    await journal.append(entry(1));
    expect(written).toBe(true);
  });

  test("a batch is never larger than its limit", async () => {
    const sizes: number[] = [];
    const journal = setUp(async (entries) => {
      sizes.push(entries.length);
    }, 10);
    await Promise.all(Array.from({ length: 35 }, (_, n) => journal.append(entry(n + 1))));
    expect(sizes).toEqual([10, 10, 10, 5]);
  });

  test("an outage is waited out, and the order kept", async () => {
    let failures = 3;
    const written: number[] = [];
    const journal = setUp(async (entries) => {
      if (failures-- > 0) throw new DatabaseError("ECONNREFUSED");
      written.push(...versions(entries));
    });
    await Promise.all([journal.append(entry(1)), journal.append(entry(2))]);
    expect(written).toEqual([1, 2]);
  });

  test("an entry that the database refuses for its data fails alone", async () => {
    const written: number[] = [];
    const journal = setUp(async (entries) => {
      if (versions(entries).includes(3)) throw new DatabaseError("22021");
      written.push(...versions(entries));
    });
    const results = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((version) => journal.append(entry(version))),
    );
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(written).toEqual([1, 2, 4, 5]);
  });

  test("drain resolves when everything appended is written", async () => {
    const written: number[] = [];
    const journal = setUp(async (entries) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      written.push(...versions(entries));
    });
    void journal.append(entry(1));
    void journal.append(entry(2));
    await journal.drain();
    expect(written).toEqual([1, 2]);
  });
});
