import type { SessionId } from "../../../core/ids.ts";
import type { Codes } from "./codes.ts";
import { shardKeys } from "./keys.ts";
import type { Pulse } from "./pulse.ts";
import type { RedisSession } from "./redisSession.ts";
import { listOf, numberOf, readHold, textOf } from "./replies.ts";
import type { Scripts } from "./scripts.ts";

/** After this, another server tries: the one that claimed a session has died, or PostgreSQL is still behind. */
const CLAIM_MS = 5000;
const CLAIMED_AT_ONCE = 50;

interface DueSessionsParts {
  readonly scripts: Scripts;
  readonly pulse: Pulse;
  readonly codes: Codes;
  readonly session: (id: SessionId) => RedisSession;
  readonly shards: number;
  /** Whether all shards can be asked in one step: not in a cluster. */
  readonly together: boolean;
  /**
   * A group of shards in which nothing is due is asked again when its next is, and after this time: another server may
   * have brought something that is due sooner. That is a question, which is open for longer.
   */
  readonly askIdleEveryMs: number;
}

/** Shards that are asked in one step. */
interface Group {
  readonly shards: readonly number[];
  /** By this process's own clock, which never jumps. */
  askAt: number;
  nextAt: number | null;
}

/** Sessions to which something happens by itself: any server claims what is due, and lets it happen. */
export class DueSessions {
  readonly #parts: DueSessionsParts;
  readonly #groups: readonly Group[];

  constructor(parts: DueSessionsParts) {
    this.#parts = parts;
    const all = Array.from({ length: parts.shards }, (_, shard) => shard);
    const groups = parts.together ? [all] : all.map((shard) => [shard]);
    this.#groups = groups.map((shards) => ({ shards, askAt: 0, nextAt: null }));
  }

  /** Lets everything happen that is due. Gives the time at which the next is due, null where nothing is. */
  async settle(): Promise<number | null> {
    const groups = await Promise.allSettled(this.#groups.map((group) => this.#settleGroup(group)));
    // Where some cannot be reached, the others have been seen to.
    for (const group of groups) if (group.status === "rejected") throw group.reason;
    const times = this.#groups.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
    return times.length > 0 ? Math.min(...times) : null;
  }

  async #settleGroup(group: Group): Promise<void> {
    if (performance.now() < group.askAt) return;
    const keys = [...group.shards.map((shard) => shardKeys(shard).due), ...group.shards.map(aliveKey)];
    for (;;) {
      const reply = await this.#parts.scripts.run("claimDue", keys, [CLAIM_MS, CLAIMED_AT_ONCE]);
      const [now, nextAt, claimed, held] = listOf(reply);
      const ids = listOf(claimed).map((id) => textOf(id) as SessionId);
      const holds = listOf(held);
      if (ids.length === 0 && holds.length === 0) {
        group.nextAt = nextAt === "" ? null : numberOf(nextAt);
        const wait = Math.min(this.#parts.askIdleEveryMs, (group.nextAt ?? Infinity) - numberOf(now));
        group.askAt = performance.now() + wait;
        return;
      }
      await Promise.all(ids.map((id) => this.#settleOne(id)));
      for (let index = 0; index < holds.length; index += 2) {
        const shard = group.shards[numberOf(holds[index]) - 1] ?? 0;
        await this.#parts.pulse.heal(shard, readHold(holds[index + 1]));
      }
    }
  }

  async #settleOne(id: SessionId): Promise<void> {
    const session = this.#parts.session(id);
    if ((await session.settle()) === "settled") return;
    const [kind, code] = listOf(await session.run("forget"));
    if (kind === "forgotten") await this.#parts.codes.release(textOf(code), id);
  }
}

const aliveKey = (shard: number) => shardKeys(shard).alive;
