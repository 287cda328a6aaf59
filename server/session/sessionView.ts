import { setTimeout as sleep } from "node:timers/promises";
import type { SessionId } from "../core/ids.ts";
import { UnavailableError } from "../core/refusals.ts";
import type { SessionSnapshot, Standings } from "./domain/session.ts";
import type { SessionReader } from "./sessionReader.ts";

/** A session as all its viewers on this server see it at one push: read once, shared by all of them. */
export interface SessionView {
  session(): Promise<SessionSnapshot | null>;
  standings(first: number): Promise<Standings | null>;
}

/** What those who watch and follow are told comes from here. */
export type FeedReader = Pick<SessionReader, "byId" | "standings" | "attempt" | "attempts" | "ranks">;

export function createView(
  reader: Pick<FeedReader, "byId" | "standings">,
  sessionId: SessionId,
): SessionView {
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

/** Between tries while the store is away, in milliseconds: short, because everyone who watches waits for it. */
const RETRY_MS = 250;

/**
 * The same reader for those who are already watching: while the store is away it waits, so that an outage delays what
 * they are told and does not throw them out. Gives up once `isOver` says that nobody waits any more.
 */
export function patient(reader: FeedReader, isOver: () => boolean): FeedReader {
  async function insist<Value>(read: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof UnavailableError) || isOver()) throw error;
        await sleep(RETRY_MS * (1 + Math.random()));
      }
    }
  }
  return {
    byId: (id) => insist(() => reader.byId(id)),
    standings: (id, first) => insist(() => reader.standings(id, first)),
    attempt: (sessionId, id) => insist(() => reader.attempt(sessionId, id)),
    attempts: (sessionId, ids) => insist(() => reader.attempts(sessionId, ids)),
    ranks: (id) => insist(() => reader.ranks(id)),
  };
}
