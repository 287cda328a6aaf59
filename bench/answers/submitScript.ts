import { Redis } from "ioredis";
import type { SessionId } from "../../server/core/ids.ts";
import { connectRedis } from "../../server/session/store/redis/connectRedis.ts";
import { SHARDS, sessionKeys } from "../../server/session/store/redis/keys.ts";
import { Scripts } from "../../server/session/store/redis/scripts.ts";

/** A right answer of a player to a question of one choice. */
export interface Submission {
  readonly sessionId: string;
  readonly attemptId: string;
  readonly questionId: string;
  readonly choiceId: string;
}

/** What of the script's reply the peers tell: the answer and the attempt, JSON, and the attempt's rank. */
export type SubmitReply = readonly [
  kind: string,
  answer: string,
  attempt: readonly [string, number, ...unknown[]],
];

/** The product's own script, for servers that do nothing else: over the product's own connection to Redis. */
export async function openSubmit(
  redisUrl: string,
): Promise<(args: readonly string[]) => Promise<SubmitReply>> {
  const { client } = await connectRedis(redisUrl, (error) => console.error(error));
  const sha = String(await client.script("LOAD", await submitText()));
  const keysOf = new Map<string, readonly string[]>();
  return (args) => {
    const [sessionId = ""] = args;
    const keys = keysOf.get(sessionId) ?? sessionKeys(sessionId as SessionId, SHARDS).all;
    keysOf.set(sessionId, keys);
    return client.evalsha(sha, keys.length, ...keys, ...args) as Promise<SubmitReply>;
  };
}

/** The script's arguments, as the store gives them. */
export function submitArguments({ sessionId, attemptId, questionId, choiceId }: Submission): string[] {
  const given = { choiceIds: [choiceId], text: null };
  const judged = { given, fingerprint: choiceId, tallyKeys: [choiceId], correct: true };
  const record = JSON.stringify(judged).slice(1, -1);
  return [sessionId, attemptId, questionId, choiceId, record, "1", "1", "1", "", choiceId];
}

/** What the store sends to a Redis that does not know the script. */
function submitText(): Promise<string> {
  const client = Object.assign(new Redis({ lazyConnect: true }), {
    evalsha: async () => {
      throw Object.assign(new Error("NOSCRIPT"), { name: "ReplyError" });
    },
    eval: async (text: string) => text,
  });
  return new Scripts(client, { sharded: false }).run("submit", [], []).then(String);
}
