import type { SessionId } from "../../../core/ids.ts";
import { codeKey } from "./keys.ts";
import { listOf, textOf } from "./replies.ts";
import type { RedisClient, Scripts } from "./scripts.ts";
import { reaching } from "./unavailable.ts";

/** How long a code stays reserved for a session that does not appear. */
const RESERVED_MS = 10_000;

/** What the code that is asked for may be taken from. */
export type Holder = "unfinished" | "finished" | "not-there";

/**
 * Which session has which code. A code's key is in another slot than its session, so taking one is two steps, each of
 * which may be repeated: reserve it for a while, open the session, and then confirm it. A server that dies before the
 * session is open leaves a reservation that runs out. One that dies after that leaves a session that nobody was told
 * of, whose code is free again after the same time; it is abandoned in the end, unless its opening is repeated.
 */
export class Codes {
  readonly #client: RedisClient;
  readonly #scripts: Scripts;
  readonly #holderOf: (id: SessionId) => Promise<Holder>;

  constructor(client: RedisClient, scripts: Scripts, holderOf: (id: SessionId) => Promise<Holder>) {
    this.#client = client;
    this.#scripts = scripts;
    this.#holderOf = holderOf;
  }

  /** The session that has the code, or had it last. */
  async find(code: string): Promise<SessionId | null> {
    return (await reaching(this.#client.get(codeKey(code)))) as SessionId | null;
  }

  /** Whether the code is now reserved for the session: nobody had it, or a session that is over. */
  async reserve(code: string, id: SessionId, holderOf = this.#holderOf): Promise<boolean> {
    let replaced = "";
    for (;;) {
      const reply = await this.#scripts.run("reserveCode", [codeKey(code)], [id, RESERVED_MS, replaced]);
      const [kind, holder, onlyReserved] = listOf(reply);
      if (kind === "reserved") return true;
      const held = textOf(holder) as SessionId;
      const state = await holderOf(held);
      // The session of a reservation that is running may be about to appear.
      if (state === "unfinished" || (state === "not-there" && onlyReserved === "1")) return false;
      replaced = held;
    }
  }

  /** Keeps the code for the session, which is open now; false where it took so long that another has the code. */
  async confirm(code: string, id: SessionId): Promise<boolean> {
    return (await this.#scripts.run("confirmCode", [codeKey(code)], [id])) === 1;
  }

  async release(code: string, id: SessionId): Promise<void> {
    await this.#scripts.run("releaseCode", [codeKey(code)], [id]);
  }
}
