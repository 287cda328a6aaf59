import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { journalKeys, SHARDS } from "../../server/session/store/redis/keys.ts";
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";

/** Something that happens to a deployment, other than the kill of a process. */
export interface Trouble {
  readonly name: string;
  /** How often, next to the others. */
  readonly weight: number;
  /** Resolves when it is over, to whether it came about: what is down just then, cannot be broken. */
  readonly happen: () => Promise<boolean>;
}

/** All that is done to a deployment; `longestMs`: of an outage. `onPoison` hears of each entry that nobody can store. */
export function troublesOf(
  deployment: Deployment,
  random: Random,
  options: { readonly longestMs: number; readonly onPoison: () => void },
): readonly Trouble[] {
  const { servers, workers, toRedis, toPostgres, postgres, redis, balancer } = deployment;
  const { longestMs, onPoison } = options;
  const outageMs = () => random.between(2000, longestMs);

  async function away(cut: () => void, heal: () => void): Promise<boolean> {
    cut();
    await sleep(outageMs());
    heal();
    return true;
  }

  return [
    {
      name: "a server stands still",
      weight: 3,
      happen: () => random.pick(servers).pause(random.between(1000, 6000)),
    },
    {
      name: "a worker stands still",
      weight: 3,
      happen: () => random.pick(workers).pause(random.between(1000, 8000)),
    },
    { name: "Redis is cut off", weight: 1, happen: () => away(toRedis.cut, toRedis.heal) },
    { name: "Redis is silent", weight: 1, happen: () => away(toRedis.hang, toRedis.heal) },
    {
      name: "PostgreSQL is down",
      weight: 1,
      happen: async () => {
        await postgres.stop();
        await sleep(outageMs());
        await postgres.start();
        return true;
      },
    },
    { name: "PostgreSQL is silent", weight: 1, happen: () => away(toPostgres.hang, toPostgres.heal) },
    {
      name: "subscribers' connections are killed",
      weight: 3,
      happen: () => withRedis(redis.url, (client) => client.call("CLIENT", "KILL", "TYPE", "PUBSUB")),
    },
    {
      name: "the balancer drops everyone",
      weight: 2,
      happen: async () => {
        const dropped = balancer.drop();
        await sleep(1000);
        return dropped > 0;
      },
    },
    {
      name: "a poisoned entry",
      weight: 2,
      happen: async () => {
        const poison = random.pick(POISONS);
        const key = random.pick(journalKeys(SHARDS));
        return withRedis(redis.url, async (client) => {
          await client.xadd(key, "*", ...poison);
          onPoison();
        });
      },
    },
  ];
}

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** What no code of ours writes: no JSON, another shape, a session that is not there, a text that PostgreSQL refuses. */
const POISONS: readonly (readonly [string, string])[] = [
  ["entry", "this is not JSON"],
  ["entry", `{"sessionId":"${NOBODY}","version":1,"kind":"surprise","at":0}`],
  ["something", "else"],
  ["entry", attempt(NOBODY, "Nobody")],
  ["entry", attempt("no UUID", "Nobody")],
];

function attempt(sessionId: string, nickname: string): string {
  const counts = {
    score: 0,
    reachedVersion: 1,
    answeredCount: 0,
    correctCount: 0,
    streak: 0,
    streakNumber: 0,
  };
  const record = {
    ...{ id: NOBODY, sessionId, userId: null, nickname, status: "ACTIVE", ...counts, joinedAt: 0 },
    ...{ finishedAt: null, facing: null, overCount: 0, version: 2 },
  };
  return JSON.stringify({ sessionId, version: 2, at: 0, kind: "attempt", attempt: record });
}

/** Directly, past what is broken. False where Redis itself is not there just now. */
async function withRedis(url: string, use: (client: Redis) => Promise<unknown>): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on("error", () => {});
  try {
    await client.connect();
    await use(client);
    return true;
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
