import type { SessionId } from "../core/ids.ts";
import type { SessionSnapshot, Standings } from "./domain/session.ts";
import type { SessionEvents } from "./ports.ts";
import type { SessionReader } from "./sessionReader.ts";
import type { SessionEvent } from "./store/sessionEvent.ts";

/** At most 4 pushes a second and session: faster than eyes follow, slow enough for a thousand sockets. */
const QUIET_MS = 250;

export type ChangeKind = SessionEvent["kind"];

/** A session as all its viewers on this server see it at one push: read once, shared by all of them. */
export interface SessionView {
  session(): Promise<SessionSnapshot | null>;
  standings(first: number): Promise<Standings | null>;
}

export interface SessionFeed {
  /**
   * What the session looks like now, then again after changes of the given kinds. A viewer that is slow gets the
   * newest state when it asks, never a queue: nothing piles up behind it. Ends when the consumer stops.
   */
  watch(sessionId: SessionId, kinds: readonly ChangeKind[]): AsyncGenerator<SessionView, void, void>;
  /** Sessions that somebody watches through this server. */
  readonly watched: number;
}

/** One session's listener and everyone who waits for it: however many viewers, one subscription. */
class Room {
  readonly watchers = new Set<Watcher>();
  readonly #read: () => SessionView;
  readonly #unsubscribe: () => void;
  readonly #dirty = new Set<ChangeKind>();
  #view: SessionView;
  #timer: NodeJS.Timeout | undefined;
  #lastPush = 0;

  constructor(events: SessionEvents, sessionId: SessionId, read: () => SessionView) {
    this.#read = read;
    this.#view = read();
    this.#unsubscribe = events.subscribe(sessionId, (event) => this.#changed(event.kind));
  }

  /** The shared reading; made anew by each change, so that nobody is given what was read before it. */
  get view(): SessionView {
    return this.#view;
  }

  #changed(kind: ChangeKind): void {
    this.#dirty.add(kind);
    this.#view = this.#read();
    const wait = this.#lastPush + QUIET_MS - performance.now();
    // A question that opens or closes is news at once; scores and counts may gather.
    if (kind === "state" || wait <= 0) this.#push();
    else this.#timer ??= setTimeout(() => this.#push(), wait);
  }

  #push(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastPush = performance.now();
    for (const watcher of this.watchers) watcher.notice(this.#dirty);
    this.#dirty.clear();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }
}

/** Remembers that something changed until its viewer asks; never more than that. */
class Watcher {
  readonly #kinds: ReadonlySet<ChangeKind>;
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(kinds: readonly ChangeKind[]) {
    this.#kinds = new Set(kinds);
  }

  notice(kinds: ReadonlySet<ChangeKind>): void {
    for (const kind of kinds) {
      if (!this.#kinds.has(kind)) continue;
      this.#changed = true;
      this.#wake?.();
      return;
    }
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

export function createSessionFeed(events: SessionEvents, reader: SessionReader): SessionFeed {
  const rooms = new Map<SessionId, Room>();

  function enter(sessionId: SessionId): Room {
    const known = rooms.get(sessionId);
    if (known) return known;
    const room = new Room(events, sessionId, () => createView(reader, sessionId));
    rooms.set(sessionId, room);
    return room;
  }

  function leave(sessionId: SessionId, room: Room, watcher: Watcher): void {
    room.watchers.delete(watcher);
    if (room.watchers.size > 0) return;
    room.close();
    if (rooms.get(sessionId) === room) rooms.delete(sessionId);
  }

  return {
    watch(sessionId, kinds) {
      // Listening begins here, not at the first `next()`: what happens in between is not missed.
      const room = enter(sessionId);
      const watcher = new Watcher(kinds);
      room.watchers.add(watcher);
      return stoppable(
        (async function* () {
          // Read anew: the shared reading is as old as the last change, and tells the time of then.
          yield createView(reader, sessionId);
          while (room.watchers.has(watcher)) {
            await watcher.next();
            if (room.watchers.has(watcher)) yield room.view;
          }
        })(),
        () => {
          leave(sessionId, room, watcher);
          watcher.release();
        },
      );
    },
    get watched() {
      return rooms.size;
    },
  };
}

/** A generator whose `return()` takes effect at once, even while it waits for its next value or never began. */
function stoppable<Value>(
  generator: AsyncGenerator<Value, void, void>,
  stop: () => void,
): AsyncGenerator<Value, void, void> {
  return Object.assign(Object.create(generator) as AsyncGenerator<Value, void, void>, {
    next: () => generator.next(),
    return: () => {
      stop();
      return generator.return();
    },
    throw: (error: unknown) => {
      stop();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  });
}

function createView(reader: SessionReader, sessionId: SessionId): SessionView {
  let session: Promise<SessionSnapshot | null> | undefined;
  let standings: { readonly first: number; readonly read: Promise<Standings | null> } | undefined;
  return {
    session() {
      session ??= reader.byId(sessionId);
      return session;
    },
    async standings(first) {
      if (!standings || standings.first < first)
        standings = { first, read: reader.standings(sessionId, first) };
      const read = await standings.read;
      return read && read.entries.length > first ? { ...read, entries: read.entries.slice(0, first) } : read;
    },
  };
}
