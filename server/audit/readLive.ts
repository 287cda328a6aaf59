import type { SessionId } from "../core/ids.ts";
import { readEntry } from "../journal/index.ts";
import type { AnswerRecord, AttemptRecord, Phase, SessionSetup } from "../session/domain/session.ts";
import type { JournalEntry } from "../session/store/journal.ts";
import { dueKeys, journalKeys, SHARDS, sessionKeys, shardOf } from "../session/store/redis/keys.ts";
import type { RedisClient } from "../session/store/redis/scripts.ts";

/** A session as Redis has it. Read from the keys themselves: the scripts that wrote them are what is checked. */
export interface LiveSession {
  readonly setup: SessionSetup;
  readonly version: number;
  readonly storedVersion: number;
  readonly phase: Phase;
  readonly answerCount: number;
  readonly correctCount: number;
  readonly attempts: ReadonlyMap<string, AttemptRecord>;
  /** By "<attempt id>:<number of the question>". */
  readonly answers: ReadonlyMap<string, AnswerRecord>;
  /** Packed scores by attempt id. */
  readonly standings: ReadonlyMap<string, number>;
}

/** An entry of a session that is in its stream; `entry` is null where it cannot be read. */
export interface WaitingEntry {
  readonly id: string;
  readonly version: number | null;
  readonly entry: JournalEntry | null;
}

const PAGE = 1000;

/** At one moment; null where Redis does not have the session. */
export async function readLive(client: RedisClient, id: SessionId): Promise<LiveSession | null> {
  const [session = "", attempts = "", answers = "", standings = ""] = sessionKeys(id, SHARDS).all;
  const replies = await client
    .multi()
    .hgetall(session)
    .hgetall(attempts)
    .hgetall(answers)
    .zrange(standings, 0, -1, "WITHSCORES")
    .exec();
  const read = (replies ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
  const [fields, attemptTexts, answerTexts, places] = read as [Texts, Texts, Texts, readonly string[]];
  if (fields["setup"] === undefined) return null;
  return {
    setup: JSON.parse(fields["setup"]) as SessionSetup,
    version: Number(fields["version"]),
    storedVersion: Number(fields["storedVersion"]),
    phase: JSON.parse(fields["phase"] ?? "null") as Phase,
    answerCount: Number(fields["answerCount"]),
    correctCount: Number(fields["correctCount"]),
    attempts: parsed<AttemptRecord>(attemptTexts),
    answers: parsed<AnswerRecord>(answerTexts),
    standings: new Map(
      places.flatMap((member, at) => (at % 2 === 0 ? [[member, Number(places[at + 1])] as const] : [])),
    ),
  };
}

type Texts = Readonly<Record<string, string>>;

const parsed = <Value>(texts: Texts): ReadonlyMap<string, Value> =>
  new Map(Object.entries(texts).map(([key, text]) => [key, JSON.parse(text) as Value]));

/** A session's version now, null where Redis does not have it. */
export async function readLiveVersion(client: RedisClient, id: SessionId): Promise<number | null> {
  const version = await client.hget(sessionKeys(id, SHARDS).session, "version");
  return version === null ? null : Number(version);
}

/** What of a session is in its stream, in the order of the stream. */
export async function readWaiting(client: RedisClient, id: SessionId): Promise<readonly WaitingEntry[]> {
  const stream = journalKeys(SHARDS)[shardOf(id)] ?? "";
  const waiting: WaitingEntry[] = [];
  for (let from = "-"; ; ) {
    const page = await client.xrange(stream, from, "+", "COUNT", PAGE);
    for (const [entryId, fields] of page) {
      const text = fields[fields.indexOf("entry") + 1] ?? "";
      if (text.includes(`"sessionId":"${id}"`)) waiting.push(readWaitingEntry(entryId, text));
    }
    const last = page.at(-1)?.[0];
    if (page.length < PAGE || last === undefined) return waiting;
    from = `(${last}`;
  }
}

function readWaitingEntry(id: string, text: string): WaitingEntry {
  try {
    const entry = readEntry(text);
    return { id, version: entry.version, entry };
  } catch {
    return { id, version: null, entry: null };
  }
}

/** Every session that Redis has. */
export async function liveSessionIds(client: RedisClient): Promise<readonly SessionId[]> {
  const shards = await Promise.all(dueKeys(SHARDS).map((key) => client.zrange(key, 0, -1)));
  return shards.flat() as SessionId[];
}
