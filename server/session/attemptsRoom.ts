import type { AttemptId, SessionId } from "../core/ids.ts";
import { AttemptFollower } from "./attemptFollower.ts";
import { FollowedAttempt } from "./followedAttempt.ts";
import type { SessionReader } from "./sessionReader.ts";
import type { AttemptsReading } from "./store/liveStore.ts";
import type { TellingTurns } from "./tellingTurns.ts";

/** What others' answers do to a player's rank is told once a second: often enough for what nobody waits for. */
const RANKS_MS = 1000;
/** Attempts read in one step of the store: well under ten milliseconds of its time. */
const READ_AT_ONCE = 200;

export type AttemptsReader = Pick<SessionReader, "attempts" | "ranks">;

interface AttemptsRoomParts {
  readonly sessionId: SessionId;
  readonly reader: AttemptsReader;
  readonly turns: TellingTurns;
  /** So many followers have news. */
  readonly onNews: (followers: number) => void;
}

/**
 * Everyone who follows an attempt of one session through this server. An attempt that changed itself is read, together
 * with the others of which that is so. What changes for all, their ranks and the session's phase, is read once for all,
 * and told to those to whom it makes a difference.
 *
 * Readings are one after the other, so that none overtakes another, and a store that is slow is asked less often.
 */
export class AttemptsRoom {
  readonly #parts: AttemptsRoomParts;
  readonly #followed = new Map<AttemptId, FollowedAttempt<AttemptFollower>>();
  /** Whose own attempt has changed, or may have. */
  readonly #touched = new Set<AttemptId>();
  /** Whose reading was overtaken: to be read again, but not at once, as a store that lost versions has no newer one. */
  readonly #overtaken = new Set<AttemptId>();
  #ranksWanted = false;
  /** By the process's clock: when the ranks were read last. */
  #ranksReadAt = Number.NEGATIVE_INFINITY;
  /** The session's version of the newest ranks. */
  #ranksVersion = 0;
  #timer: NodeJS.Timeout | undefined;
  #reading = false;

  constructor(parts: AttemptsRoomParts) {
    this.#parts = parts;
  }

  get isEmpty(): boolean {
    return this.#followed.size === 0;
  }

  /** From here on nothing is missed; what the attempt is now, `take` has to be given. */
  add(id: AttemptId): AttemptFollower {
    const followed = this.#followed.get(id) ?? new FollowedAttempt<AttemptFollower>();
    const follower = new AttemptFollower(followed);
    this.#followed.set(id, followed);
    followed.listeners.add(follower);
    return follower;
  }

  /** False where it was not there any more. */
  remove(id: AttemptId, follower: AttemptFollower): boolean {
    const followed = this.#followed.get(id);
    if (!followed?.listeners.delete(follower)) return false;
    if (followed.listeners.size > 0) return true;
    for (const ids of [this.#followed, this.#touched, this.#overtaken]) ids.delete(id);
    return true;
  }

  /** Takes in what was read. */
  take(reading: AttemptsReading): void {
    this.#takeReading(reading);
    void this.#work();
  }

  /** This attempt itself has changed, at this version of the session; to be told with the next push. */
  touch(id: AttemptId, version: number): void {
    if (this.#followed.get(id)?.has(version) === false) this.#touched.add(id);
  }

  /** Any attempt may have changed. */
  touchAll(): void {
    for (const id of this.#followed.keys()) this.#touched.add(id);
  }

  /** Tells of what has changed: attempts at once, ranks once a second, unless the session's phase is another one. */
  push(changed: "phase" | "ranks" | "attempts"): void {
    if (this.isEmpty) return;
    const wait = changed === "phase" ? 0 : this.#ranksReadAt + RANKS_MS - performance.now();
    if (changed !== "attempts" && wait <= 0) this.#ranksWanted = true;
    else if (changed === "ranks") this.#timer ??= setTimeout(() => this.#ranksDue(), wait);
    this.#readOvertaken();
    void this.#work();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #ranksDue(): void {
    this.#ranksWanted = true;
    this.#readOvertaken();
    void this.#work();
  }

  #readOvertaken(): void {
    for (const id of this.#overtaken) this.#touched.add(id);
    this.#overtaken.clear();
  }

  /** Reads what is wanted until nothing is. */
  async #work(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (!this.isEmpty && (this.#ranksWanted || this.#touched.size > 0)) await this.#readOnce();
    } catch (error) {
      // Nobody waits any more, or it is a bug: whoever still follows is told so, and may ask again.
      for (const { listeners } of this.#followed.values()) for (const one of listeners) one.fail(error);
    } finally {
      this.#reading = false;
    }
  }

  async #readOnce(): Promise<void> {
    const { sessionId, reader } = this.#parts;
    const ids = [...this.#touched].slice(0, READ_AT_ONCE);
    for (const id of ids) this.#touched.delete(id);
    // The ranks are asked for first, and so are not newer than the attempts.
    const [ranks, reading] = await Promise.all([
      this.#ranksWanted ? this.#readRanks() : null,
      ids.length > 0 ? reader.attempts(sessionId, ids) : null,
    ]);
    if (reading) this.#takeReading(reading);
    if (!ranks) return;
    this.#ranksVersion = Math.max(this.#ranksVersion, ranks.version);
    let told = 0;
    for (const followed of this.#followed.values()) {
      followed.takeRank(ranks);
      told += this.#tell(followed, "later");
    }
    if (told > 0) this.#parts.onNews(told);
  }

  #readRanks() {
    const { sessionId, reader } = this.#parts;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ranksWanted = false;
    this.#ranksReadAt = performance.now();
    return reader.ranks(sessionId);
  }

  #takeReading({ version, attempts }: AttemptsReading): void {
    let told = 0;
    for (const attempt of attempts) {
      const { id } = attempt.record;
      const followed = this.#followed.get(id);
      if (!followed) continue;
      // With an older rank than others were told already, the newest is not known yet.
      if (!followed.takeReading(attempt, version) || version < this.#ranksVersion) {
        this.#overtaken.add(id);
        this.#timer ??= setTimeout(() => this.#ranksDue(), RANKS_MS);
      }
      told += this.#tell(followed, "soon");
    }
    if (told > 0) this.#parts.onNews(told);
  }

  #tell(followed: FollowedAttempt<AttemptFollower>, when: "soon" | "later"): number {
    let told = 0;
    for (const follower of followed.waiting()) if (this.#parts.turns.add(follower, when)) told += 1;
    return told;
  }
}
