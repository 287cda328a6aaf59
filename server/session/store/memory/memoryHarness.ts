import { START } from "../contract/game.ts";
import type { StoreHarness } from "../contract/harness.ts";
import { savedSessions } from "../contract/savedSessions.ts";
import type { Journal, JournalEntry } from "../journal.ts";
import type { RestorableStore } from "../liveStore.ts";
import type { SessionEvent } from "../sessionEvent.ts";
import { createMemoryStore } from "./memoryStore.ts";

/** A journal in memory, which commits what has gathered once in a turn of the event loop, as a real one does. */
function gatheringJournal(entries: JournalEntry[]): Journal {
  let commit: Promise<void> | null = null;
  return {
    append(entry) {
      entries.push(entry);
      commit ??= new Promise((resolve) =>
        setImmediate(() => {
          commit = null;
          resolve();
        }),
      );
      return commit;
    },
  };
}

/** A memory store with a clock that only tests move. */
export async function makeMemoryStore(): Promise<StoreHarness> {
  const entries: JournalEntry[] = [];
  const events: SessionEvent[] = [];
  let now = START;
  const open = () =>
    createMemoryStore({
      clock: { now: () => now },
      journal: gatheringJournal(entries),
      publish: (event) => events.push(event),
    });
  let store: RestorableStore = open();
  return {
    get store() {
      return store;
    },
    now: () => now,
    async advance(ms) {
      now += ms;
    },
    entries: async () => entries,
    events: async () => events,
    async reopen(gapMs) {
      store = open();
      for (const saved of savedSessions(entries)) await store.restore(saved, gapMs);
    },
    stop: async () => {},
  };
}
