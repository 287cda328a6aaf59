import { type Admission, noRoomFor } from "../../admission.ts";
import { readMemory, shareOf } from "./memory.ts";
import type { RedisClient } from "./scripts.ts";

/** How far PostgreSQL is behind the journal. */
export interface JournalLag {
  readonly entries: number;
  /** Age of the oldest entry that is not stored; 0 where there is none. */
  readonly oldestMs: number;
}

interface AdmissionParts {
  readonly client: RedisClient;
  readonly lag: () => JournalLag | Promise<JournalLag>;
}

const MOST_ENTRIES = 100_000;
const LONGEST_LAG_MS = 30_000;
/** Of maxmemory, where one is set. The rest is for the answers of the games that run, and for a journal that waits. */
const FULLEST_MEMORY = 0.85;
/** What was found holds for so long: sessions are opened in bursts, and each takes little. */
const HOLDS_MS = 1000;

/** Refuses new sessions while the journal piles up, or Redis' memory gets short, so that answers are never refused. */
export function createAdmission({ client, lag }: AdmissionParts): Admission {
  let found: { readonly state: Promise<State>; readonly at: number } | null = null;

  function state(): Promise<State> {
    const now = performance.now();
    if (found && now - found.at < HOLDS_MS) return found.state;
    const asked = askState(client, lag);
    found = { state: asked, at: now };
    // A failure is told to those who waited for it; the next one asks again.
    asked.catch(() => {
      if (found?.state === asked) found = null;
    });
    return asked;
  }

  return {
    async admit() {
      const { lag, memory } = await state();
      if (lag.entries > MOST_ENTRIES || lag.oldestMs > LONGEST_LAG_MS) throw noRoomFor("the-history-lags");
      if (memory > FULLEST_MEMORY) throw noRoomFor("memory-is-short");
    },
  };
}

interface State {
  readonly lag: JournalLag;
  /** The fullest master's share of its maxmemory. */
  readonly memory: number;
}

async function askState(client: RedisClient, lag: AdmissionParts["lag"]): Promise<State> {
  const [behind, memory] = await Promise.all([lag(), readMemory(client)]);
  return { lag: behind, memory: shareOf(memory) };
}
