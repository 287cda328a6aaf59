import type { SessionId } from "../core/ids.ts";
import { type AttemptsReader, AttemptsRoom } from "./attemptsRoom.ts";
import type { SessionEvents, SessionNotice } from "./ports.ts";
import type { SessionView } from "./sessionView.ts";
import type { SessionEvent } from "./store/sessionEvent.ts";
import type { TellingTurns } from "./tellingTurns.ts";

export type ChangeKind = SessionEvent["kind"];

const ALL_KINDS: readonly ChangeKind[] = ["state", "standings", "attempt"];

/** At most 4 pushes a second and session: faster than eyes follow, slow enough for a thousand sockets. */
const QUIET_MS = 250;

/** Counts what the feed does. */
export interface FeedObserver {
  /** A session's change was passed on, to so many watchers at once. */
  pushed(watchers: number): void;
  /** Announcements of a session were missed, and its newest state is read in their place. */
  eventGap(): void;
}

interface RoomParts {
  readonly sessionId: SessionId;
  readonly events: SessionEvents;
  /** Makes a reading that all who watch share. */
  readonly read: () => SessionView;
  readonly attemptsReader: AttemptsReader;
  readonly turns: TellingTurns;
  readonly observer?: FeedObserver | undefined;
}

/** One session's listener and everyone who waits for it: however many viewers, one subscription. */
export class Room {
  readonly watchers = new Set<Watcher>();
  /** Those who follow what is a player's own. */
  readonly attempts: AttemptsRoom;
  readonly #read: () => SessionView;
  readonly #unsubscribe: () => void;
  readonly #observer: FeedObserver | undefined;
  readonly #dirty = new Set<ChangeKind>();
  /** The newest version that was announced; null before the first announcement. */
  #seen: number | null = null;
  #view: SessionView;
  #timer: NodeJS.Timeout | undefined;
  #lastPush = 0;

  constructor({ sessionId, events, read, attemptsReader, turns, observer }: RoomParts) {
    this.#read = read;
    this.#observer = observer;
    this.#view = read();
    this.attempts = new AttemptsRoom({
      sessionId,
      turns,
      reader: attemptsReader,
      onNews: (followers) => observer?.pushed(followers),
    });
    this.#unsubscribe = events.subscribe(sessionId, (notice) => this.#hear(notice));
  }

  get isEmpty(): boolean {
    return this.watchers.size === 0 && this.attempts.isEmpty;
  }

  /** The shared reading; made anew by each change, so that nobody is given what was read before it. */
  get view(): SessionView {
    return this.#view;
  }

  #hear(notice: SessionNotice): void {
    const { kind, version } = notice;
    const seen = this.#seen;
    // Told twice, or late: what was read since then is at least as new.
    if (seen !== null && version <= seen) return;
    this.#seen = version;
    // Where versions are skipped, anything may have changed in those between.
    const missed = kind === "missed" || (seen !== null && version > seen + 1);
    // What happened before the first announcement is no gap: the viewers' first reading has it, or this one brings it.
    if (missed && seen !== null) this.#observer?.eventGap();
    for (const changed of missed ? ALL_KINDS : [kind]) this.#dirty.add(changed);
    if (missed) this.attempts.touchAll();
    else if (notice.attemptId) this.attempts.touch(notice.attemptId, version);
    this.#view = this.#read();
    const wait = this.#lastPush + QUIET_MS - performance.now();
    // A question that opens or closes is news at once; scores and counts may gather.
    if (this.#dirty.has("state") || wait <= 0) this.#push();
    else this.#timer ??= setTimeout(() => this.#push(), wait);
  }

  #push(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastPush = performance.now();
    let told = 0;
    for (const watcher of this.watchers) if (watcher.notice(this.#dirty)) told += 1;
    const attempts = this.#dirty.has("standings") ? "ranks" : "attempts";
    this.attempts.push(this.#dirty.has("state") ? "phase" : attempts);
    this.#dirty.clear();
    if (told > 0) this.#observer?.pushed(told);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.attempts.close();
    this.#unsubscribe();
  }
}

/** Remembers that something changed until its viewer asks; never more than that. */
export class Watcher {
  readonly #kinds: ReadonlySet<ChangeKind>;
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(kinds: readonly ChangeKind[]) {
    this.#kinds = new Set(kinds);
  }

  /** Whether any of the kinds is of interest here. */
  notice(kinds: ReadonlySet<ChangeKind>): boolean {
    for (const kind of kinds) {
      if (!this.#kinds.has(kind)) continue;
      this.#changed = true;
      this.#wake?.();
      return true;
    }
    return false;
  }

  async next(): Promise<void> {
    if (!this.#changed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    this.#changed = false;
  }

  /** Lets a waiting viewer go, so that its generator can end. */
  release(): void {
    this.#wake?.();
  }
}
