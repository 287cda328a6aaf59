import type { AttemptId, SessionId } from "../core/ids.ts";
import type { AttemptSnapshot } from "./domain/session.ts";
import type { SessionEvents } from "./ports.ts";
import { type ChangeKind, type FeedObserver, Room, Watcher } from "./sessionRoom.ts";
import { createView, type FeedReader, patient, type SessionView } from "./sessionView.ts";
import type { AttemptsReading } from "./store/liveStore.ts";
import { TellingTurns } from "./tellingTurns.ts";

export type { ChangeKind, FeedObserver } from "./sessionRoom.ts";
export type { SessionView } from "./sessionView.ts";

export interface SessionFeed {
  /**
   * What the session looks like now, then again after changes of the given kinds. A viewer that is slow gets the
   * newest state when it asks, never a queue: nothing piles up behind it. Ends when the consumer stops.
   */
  watch(sessionId: SessionId, kinds: readonly ChangeKind[]): AsyncGenerator<SessionView, void, void>;
  /**
   * An attempt as it is now, then after changes: with the next push where it changed itself, once a second where only
   * its rank did. Nothing older ever comes after something newer (I5). For the rest, as `watch`.
   */
  followAttempt(sessionId: SessionId, attemptId: AttemptId): AsyncGenerator<AttemptSnapshot, void, void>;
  /** Sessions that somebody watches through this server. */
  readonly watched: number;
  /** Those who watch a session or follow an attempt, over all sessions. */
  readonly watchers: number;
}

export function createSessionFeed(
  events: SessionEvents,
  reader: FeedReader,
  observer?: FeedObserver,
): SessionFeed {
  const rooms = new Map<SessionId, Room>();
  const turns = new TellingTurns();
  let watchers = 0;

  function enter(sessionId: SessionId): Room {
    const known = rooms.get(sessionId);
    if (known) return known;
    const waiting = patient(reader, () => rooms.get(sessionId) !== room);
    const read = () => createView(waiting, sessionId);
    const room: Room = new Room({ sessionId, events, read, attemptsReader: waiting, turns, observer });
    rooms.set(sessionId, room);
    return room;
  }

  /** `wasThere`: false where one has left before. */
  function left(sessionId: SessionId, room: Room, wasThere: boolean): void {
    if (wasThere) watchers -= 1;
    if (!room.isEmpty) return;
    room.close();
    if (rooms.get(sessionId) === room) rooms.delete(sessionId);
  }

  /** Where the live store does not keep the session any more, nothing changes, and the version does not matter. */
  async function readNow(sessionId: SessionId, attemptId: AttemptId): Promise<AttemptsReading | null> {
    const live = await reader.attempts(sessionId, [attemptId]);
    if (live && live.attempts.length > 0) return live;
    const kept = await reader.attempt(sessionId, attemptId);
    return kept && { version: kept.record.version, attempts: [kept] };
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
          left(sessionId, room, room.watchers.delete(watcher));
          watcher.release();
        },
      );
    },
    followAttempt(sessionId, attemptId) {
      const room = enter(sessionId);
      const follower = room.attempts.add(attemptId);
      watchers += 1;
      const stop = () => {
        left(sessionId, room, room.attempts.remove(attemptId, follower));
        follower.release();
      };
      return stoppable(
        (async function* () {
          try {
            const now = await readNow(sessionId, attemptId);
            if (now) room.attempts.take(now);
            for (let news = await follower.next(); news; news = await follower.next()) yield news;
          } finally {
            stop();
          }
        })(),
        stop,
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
