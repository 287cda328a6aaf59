import type { JournalEntry } from "../journal.ts";
import type { RestorableStore } from "../liveStore.ts";
import type { SessionEvent } from "../sessionEvent.ts";

/** A live store under test, with a hand on its clock and an eye on what leaves it. */
export interface StoreHarness {
  /** The store as it is now; another one after `reopen`. */
  readonly store: RestorableStore;
  /** The store's clock, in milliseconds since 1970. */
  now(): number;
  advance(ms: number): Promise<void>;
  /** Everything that went into the journal, in order. */
  entries(): Promise<readonly JournalEntry[]>;
  /** Everything that was announced, in order. */
  events(): Promise<readonly SessionEvent[]>;
  /** Takes the store's memory away, and restores every session from the journal's entries. */
  reopen(gapMs: number): Promise<void>;
  stop(): Promise<void>;
}

export type MakeStore = () => Promise<StoreHarness>;
