import type { SessionId } from "../core/ids.ts";
import type { SessionEvents } from "./ports.ts";
import { type ChangeKind, type FeedObserver, Room, Watcher } from "./sessionRoom.ts";
import { createView, patient, type SessionView, type ViewReader } from "./sessionView.ts";

export type { ChangeKind, FeedObserver } from "./sessionRoom.ts";
export type { SessionView } from "./sessionView.ts";

export interface SessionFeed {
  /**
   * What the session looks like now, then again after changes of the given kinds. A viewer that is slow gets the
   * newest state when it asks, never a queue: nothing piles up behind it. Ends when the consumer stops.
   */
  watch(sessionId: SessionId, kinds: readonly ChangeKind[]): AsyncGenerator<SessionView, void, void>;
  /** Sessions that somebody watches through this server. */
  readonly watched: number;
  /** Those who watch, over all sessions. */
  readonly watchers: number;
}

export function createSessionFeed(
  events: SessionEvents,
  reader: ViewReader,
  observer?: FeedObserver,
): SessionFeed {
  const rooms = new Map<SessionId, Room>();
  let watchers = 0;

  function enter(sessionId: SessionId): Room {
    const known = rooms.get(sessionId);
    if (known) return known;
    const waiting = patient(reader, () => rooms.get(sessionId) !== room);
    const room: Room = new Room(events, sessionId, () => createView(waiting, sessionId), observer);
    rooms.set(sessionId, room);
    return room;
  }

  function leave(sessionId: SessionId, room: Room, watcher: Watcher): void {
    if (room.watchers.delete(watcher)) watchers -= 1;
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
      watchers += 1;
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
    get watchers() {
      return watchers;
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
