import type { SessionId } from "../../../core/ids.ts";
import type { Codes } from "./codes.ts";
import { dueKeys } from "./keys.ts";
import type { RedisSession } from "./redisSession.ts";
import { listOf, numberOf, textOf } from "./replies.ts";
import type { Scripts } from "./scripts.ts";

/** After this, another server tries: the one that claimed a session has died, or PostgreSQL is still behind. */
const CLAIM_MS = 5000;
const CLAIMED_AT_ONCE = 50;

interface DueSessionsParts {
  readonly scripts: Scripts;
  readonly codes: Codes;
  readonly session: (id: SessionId) => RedisSession;
  readonly shards: number;
  /** Whether all shards can be asked in one step: not in a cluster. */
  readonly together: boolean;
}

/** Sessions to which something happens by itself: any server claims what is due, and lets it happen. */
export class DueSessions {
  readonly #parts: DueSessionsParts;
  readonly #groups: readonly (readonly string[])[];

  constructor(parts: DueSessionsParts) {
    this.#parts = parts;
    const keys = dueKeys(parts.shards);
    this.#groups = parts.together ? [keys] : keys.map((key) => [key]);
  }

  /** Lets everything happen that is due. Gives the time at which the next is due, null where nothing is. */
  async settle(): Promise<number | null> {
    const times = await Promise.all(this.#groups.map((keys) => this.#settleGroup(keys)));
    return times.reduce(
      (first, time) => (time !== null && (first === null || time < first) ? time : first),
      null,
    );
  }

  async #settleGroup(keys: readonly string[]): Promise<number | null> {
    for (;;) {
      const reply = await this.#parts.scripts.run("claimDue", keys, [CLAIM_MS, CLAIMED_AT_ONCE]);
      const [, nextAt, claimed] = listOf(reply);
      const ids = listOf(claimed).map((id) => textOf(id) as SessionId);
      if (ids.length === 0) return nextAt === "" ? null : numberOf(nextAt);
      await Promise.all(ids.map((id) => this.#settleOne(id)));
    }
  }

  async #settleOne(id: SessionId): Promise<void> {
    const session = this.#parts.session(id);
    if ((await session.settle()) === "settled") return;
    const [kind, code] = listOf(await session.run("forget"));
    if (kind === "forgotten") await this.#parts.codes.release(textOf(code), id);
  }
}
