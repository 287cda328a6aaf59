import type { AttemptId, SessionId } from "../../../core/ids.ts";

/*
 * The keys of the live store, and why they are where they are.
 *
 * A script may touch the keys of one slot of a Redis Cluster only. An answer must change its session, write its
 * journal entry and move the session's next due time in one atomic step, so all three lie in one slot. The choice was:
 *
 *  1. a tag for each session, `{<id>}`: the journal is then a stream for each session, and "which streams have
 *     entries that nobody has stored" and "which session is due next" are registries in slots of their own. Those
 *     cannot be written in the same step, so a crash between leaves an entry or a deadline that nobody looks for;
 *  2. a fixed number of shards, each a tag: the sessions of a shard share one journal stream and one sorted set of due
 *     times. Everything is one step, workers read a known number of streams with one consumer group each, and trimming
 *     is for each stream, not for 10,000.
 *
 * The second it is. A session belongs to the shard that its id says, for ever: THE NUMBER OF SHARDS MUST NOT CHANGE
 * WHILE SESSIONS RUN OR ENTRIES WAIT. 32 shards spread well over up to about ten nodes; past that, more shards.
 *
 *   {s<n>}:<id>              hash    what a session is: its setup (also as plain fields, for the scripts), version,
 *                                    phase and counts; see lua/shared/session.lua
 *   {s<n>}:<id>:attempts     hash    attempt id → its record, JSON
 *   {s<n>}:<id>:answers      hash    "<attempt id>:<number of the question>" → the record, JSON
 *   {s<n>}:<id>:standings    zset    attempt ids of everyone not removed, by packed score; see packedScore.ts
 *   {s<n>}:<id>:nicknames    hash    nickname key → attempt id
 *   {s<n>}:<id>:tally        hash    tally key → count, of the question on screen
 *   {s<n>}:<id>:facing       zset    SELF_PACED: attempt ids by when the question that they face is over
 *   {s<n>}:<id>:events       channel announcements of changes, JSON
 *   {s<n>}:<id>:staged:<token>:…     a session that is being restored; expires
 *   {s<n>}:due               zset    session ids by when something happens to them by itself
 *   {s<n>}:journal           stream  field "entry": a journal entry, JSON
 *   {s<n>}:alive             string  when a server last said that it watches the shard, ms; see lua/shared/alive.lua
 *   {s<n>}:gap               string  since when the shard's open questions are getting lost time back; expires
 *   code:<code>              string  the id of the session that has, or had, the code; in a slot of its own
 *   attempt:<id>             string  the id of the attempt's session; in a slot of its own, and expires after a day,
 *                                    when PostgreSQL has long known it
 */

/** How many shards there are, unless told otherwise. */
export const SHARDS = 32;

export interface SessionKeys {
  /** In the order in which every script of a session gets them. */
  readonly all: readonly string[];
  readonly session: string;
  readonly nicknames: string;
  readonly channel: string;
}

const PARTS = ["attempts", "answers", "standings", "nicknames", "tally", "facing"] as const;
export type SessionPart = (typeof PARTS)[number];

/** A session's shard, from 0: FNV-1a of its id, which is the same in every process and version. */
export function shardOf(id: SessionId, shards: number = SHARDS): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % shards;
}

const shardTag = (shard: number) => `{s${shard}}`;
const tagOf = (id: SessionId, shards: number) => shardTag(shardOf(id, shards));

export function sessionKeys(id: SessionId, shards: number): SessionKeys {
  const tag = tagOf(id, shards);
  const session = `${tag}:${id}`;
  const parts = PARTS.map((part) => `${session}:${part}`);
  return {
    all: [session, ...parts, `${tag}:due`, `${tag}:journal`, `${tag}:alive`],
    session,
    nicknames: `${session}:nicknames`,
    channel: `${session}:events`,
  };
}

/** Where a session is put together before it appears, in the order of the parts. */
export function stagedKeys(
  id: SessionId,
  shards: number,
  token: string,
): readonly (readonly [SessionPart, string])[] {
  const session = `${tagOf(id, shards)}:${id}`;
  return PARTS.map((part) => [part, `${session}:staged:${token}:${part}`] as const);
}

/** The keys of a shard itself. */
export function shardKeys(shard: number) {
  const tag = shardTag(shard);
  return { due: `${tag}:due`, journal: `${tag}:journal`, alive: `${tag}:alive`, gap: `${tag}:gap` } as const;
}

/** The due times of each shard. */
export function dueKeys(shards: number): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `${shardTag(shard)}:due`);
}

/** The journal's streams: what a worker reads. */
export function journalKeys(shards: number): readonly string[] {
  return Array.from({ length: shards }, (_, shard) => `${shardTag(shard)}:journal`);
}

/** The topic on which a session's changes are announced. */
export function channelOf(id: SessionId, shards: number): string {
  return sessionKeys(id, shards).channel;
}

export function codeKey(code: string): string {
  return `code:${code}`;
}

export function attemptKey(id: AttemptId): string {
  return `attempt:${id}`;
}
