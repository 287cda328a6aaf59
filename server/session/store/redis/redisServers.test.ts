import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import { opaqueId } from "../../../core/ids.ts";
import { setupFor } from "../contract/game.ts";
import type { JournalEntry } from "../journal.ts";
import type { Command, Submission } from "../liveStore.ts";
import { keepBeating } from "./beating.ts";
import { connectRedis, type RedisConnection } from "./connectRedis.ts";
import { journalKeys, SHARDS } from "./keys.ts";
import { createRedisStore, type RedisStore } from "./redisStore.ts";

const PLAYERS = 40;
const QUESTIONS = 4;

let redis: RedisProcess;
let connections: RedisConnection[];
let stores: RedisStore[];
let beats: (() => Promise<void>)[];

beforeAll(async () => {
  redis = await startRedis();
  connections = await Promise.all([1, 2, 3].map(() => connectRedis(redis.url, () => {})));
  stores = connections.map((connection) => createRedisStore({ connection }));
  beats = stores.map((store) => keepBeating(store, () => {}));
});
afterAll(async () => {
  for (const stop of beats ?? []) await stop();
  for (const connection of connections ?? []) connection.close();
  await redis?.remove();
});

const anyStore = () => stores[Math.floor(Math.random() * stores.length)] as RedisStore;

async function journalOf(id: string): Promise<JournalEntry[]> {
  const client = connections[0]?.client;
  if (!client) throw new Error("There is no connection");
  const streams = await Promise.all(journalKeys(SHARDS).map((key) => client.xrange(key, "-", "+")));
  return streams
    .flat()
    .map(([, [, entry = "{}"]]) => JSON.parse(entry) as JournalEntry)
    .filter(({ sessionId }) => sessionId === id);
}

describe("A session in which many play at many servers at once", () => {
  it.each([
    ["HOST_PACED", "700001"],
    ["SELF_PACED", "700002"],
  ] as const)("I1, I3, I4, I5, I7: adds up, %s", async (pacing, code) => {
    const questions = Array.from({ length: QUESTIONS }, () => {
      return { id: opaqueId<"Question">(), timeLimitMs: 20_000, points: 1000 };
    });
    const setup = setupFor({ code, pacing, questions, closeWhenAllAnswered: true });
    const { id } = setup;
    await anyStore().create(setup);
    const players = Array.from({ length: PLAYERS }, () => opaqueId<"Attempt">());
    const everyone = <Value>(act: (player: (typeof players)[number], index: number) => Promise<Value>) =>
      Promise.all(players.map(act));

    const joined = await everyone((player, index) =>
      anyStore().join(id, {
        ...{ id: player, userId: null, nickname: `P ${index}`, nicknameKey: `p ${index}`, alternatives: [] },
      }),
    );
    expect(joined.every(({ kind }) => kind === "joined")).toBe(true);
    // Every host's click comes at three servers at once, and counts once.
    const click = (command: Command) => Promise.all(stores.map((store) => store.command(id, command)));
    await click({ kind: "start" });

    for (const [index, { id: questionId }] of questions.entries()) {
      await everyone(async (player, place) => {
        if (pacing === "SELF_PACED") await anyStore().command(id, { kind: "hand-out", attemptId: player });
        const correct = (place + index) % 3 > 0;
        const submission: Submission = {
          ...{ attemptId: player, questionId, given: { choiceIds: [], text: "x" }, fingerprint: "x" },
          ...{ tallyKeys: [`text:${correct}`], correct, share: { num: correct ? 1 : 0, den: 1 } },
        };
        const [one, other] = await Promise.all([
          anyStore().submit(id, submission),
          anyStore().submit(id, submission),
        ]);
        expect([one.kind, other.kind].sort()).toEqual(["recorded", "repeated"]);
        if ("answer" in one && "answer" in other) expect(one.answer).toEqual(other.answer);
      });
      if (pacing === "SELF_PACED") continue;
      expect(await anyStore().read({ id })).toMatchObject({
        phase: { state: "QUESTION_CLOSED" },
        answerCount: PLAYERS,
      });
      await click({ kind: "next", after: questionId });
    }

    const entries = await journalOf(id);
    const session = await anyStore().read({ id });
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1));
    expect(session?.version).toBe(entries.length);
    const answers = entries.flatMap((entry) => (entry.kind === "answer" ? [entry.answer] : []));
    expect(answers).toHaveLength(PLAYERS * QUESTIONS);
    const standings = await anyStore().standings(id, PLAYERS);
    expect(standings?.entries).toHaveLength(PLAYERS);
    for (const { attemptId, score } of standings?.entries ?? []) {
      const own = answers.filter((answer) => answer.attemptId === attemptId);
      expect(own.reduce((sum, { points }) => sum + points, 0)).toBe(score);
    }
    // I7: the journal alone gives the same order.
    const last = new Map(
      entries.flatMap((entry) => ("attempt" in entry ? [[entry.attempt.id, entry.attempt]] : [])),
    );
    const replayed = [...last.values()].sort(
      (a, b) => b.score - a.score || a.reachedVersion - b.reachedVersion,
    );
    expect(standings?.entries.map(({ attemptId }) => attemptId)).toEqual(replayed.map(({ id }) => id));
  });
});
