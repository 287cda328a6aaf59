import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LossyProxy, startLossyProxy } from "../../../../tests/fixtures/lossyProxy.ts";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import { type AttemptId, opaqueId } from "../../../core/ids.ts";
import { UnavailableError } from "../../../core/refusals.ts";
import { nicknameKey } from "../../domain/nickname.ts";
import { setupFor } from "../contract/game.ts";
import { keepBeating } from "./beating.ts";
import { connectRedis, type RedisConnection } from "./connectRedis.ts";
import { journalKeys, SHARDS } from "./keys.ts";
import { createRedisStore, type RedisStore } from "./redisStore.ts";

let redis: RedisProcess;
let proxy: LossyProxy;
let direct: RedisConnection;
let connection: RedisConnection;
let store: RedisStore;
let stopBeating: () => Promise<void>;

beforeAll(async () => {
  redis = await startRedis();
  proxy = await startLossyProxy(redis.port);
});
afterAll(async () => {
  await proxy?.stop();
  await redis?.remove();
});
beforeEach(async () => {
  direct = await connectRedis(redis.url, () => {});
  connection = await connectRedis(`redis://127.0.0.1:${proxy.port}`, () => {});
  store = createRedisStore({ connection });
  // By the other way, so that the reply that gets lost is not a beat's.
  stopBeating = keepBeating(createRedisStore({ connection: direct }), () => {});
  await store.read({ id: opaqueId() });
});
afterEach(async () => {
  await stopBeating();
  direct.close();
  connection.close();
});

/** Does it, with the reply lost on the way. What was sent is sent again by the client, without being asked. */
async function withLostReply<Value>(act: () => Promise<Value>): Promise<Value> {
  const before = proxy.lost();
  proxy.loseNextReply();
  const value = await act();
  expect(proxy.lost()).toBe(before + 1);
  return value;
}

const join = (setup: ReturnType<typeof setupFor>, nickname: string, id: AttemptId = opaqueId()) =>
  store.join(setup.id, {
    id,
    userId: null,
    nickname,
    nicknameKey: nicknameKey(nickname),
    alternatives: [],
  });

function submit(setup: ReturnType<typeof setupFor>, attemptId: AttemptId, number: number, text = "right") {
  const questionId = setup.questions[number - 1]?.id ?? opaqueId<"Question">();
  return store.submit(setup.id, {
    ...{ attemptId, questionId, given: { choiceIds: [], text }, fingerprint: text, tallyKeys: [text] },
    ...{ correct: true, share: { num: 1, den: 1 } },
  });
}

async function played(code: string) {
  const setup = setupFor({ code });
  expect(await store.create(setup)).toBe("created");
  const ana = opaqueId<"Attempt">();
  await join(setup, "Ana", ana);
  await store.command(setup.id, { kind: "start" });
  await submit(setup, ana, 1);
  return { setup, ana };
}

async function journalOf(id: string) {
  const streams = await Promise.all(journalKeys(SHARDS).map((key) => direct.client.xrange(key, "-", "+")));
  return streams
    .flat()
    .map(([, [, entry = "{}"]]) => JSON.parse(entry) as { sessionId: string; version: number; kind: string })
    .filter(({ sessionId }) => sessionId === id);
}

describe("A script whose reply is lost, and that is sent again", () => {
  it("I1, I5: changes the session once, and gives what it gave", async () => {
    // Redis knows the scripts then, so that what is lost is the reply of one that ran.
    await played("100001");
    const setup = setupFor({ code: "100002" });
    const ana = opaqueId<"Attempt">();
    expect(await store.create(setup)).toBe("created");
    expect(await withLostReply(() => join(setup, "Ana", ana))).toMatchObject({
      kind: "joined",
      session: { version: 2, playerCount: 1 },
    });
    expect(await withLostReply(() => submit(setup, ana, 1))).toEqual({ kind: "not-open" });
    await store.command(setup.id, { kind: "start" });
    const answer = await withLostReply(() => submit(setup, ana, 1));
    expect(answer).toMatchObject({ kind: "repeated", attempt: { record: { answeredCount: 1, version: 4 } } });
    expect((await journalOf(setup.id)).map(({ version, kind }) => `${version} ${kind}`)).toEqual([
      "1 opened",
      "2 attempt",
      "3 phase",
      "4 answer",
    ]);
  });

  it("opens a session once", async () => {
    await played("200001");
    const setup = setupFor({ code: "200002" });
    // The reservation, the opening, the confirmation: one of them each time.
    expect(await withLostReply(() => store.create(setup))).toBe("created");
    expect(await withLostReply(() => store.create(setup))).toBe("created");
    expect(await store.read({ code: "200002" })).toMatchObject({ version: 1, setup: { id: setup.id } });
  });

  it("carries out a host's step once, though the state machine would refuse or repeat the second", async () => {
    const { setup } = await played("300001");
    const { client } = connection;
    // Lost is the reply of the script that writes, which is the second of the two.
    const evalsha = client.evalsha.bind(client);
    let calls = 0;
    client.evalsha = ((...args: Parameters<typeof evalsha>) => {
      calls += 1;
      if (calls === 2) proxy.loseNextReply();
      return evalsha(...args);
    }) as typeof client.evalsha;
    const lost = proxy.lost();
    expect(await store.command(setup.id, { kind: "next", after: null })).toMatchObject({
      kind: "done",
      session: { version: 5, phase: { question: { number: 2 } } },
    });
    expect(proxy.lost()).toBe(lost + 1);
    expect((await store.read({ id: setup.id }))?.version).toBe(5);
  });
});

describe("A Redis that is killed", () => {
  it("I2: has every acknowledged answer when it is back, and makes nobody wait without end meanwhile", async () => {
    const setup = setupFor({ code: "400001" });
    await store.create(setup);
    const players = Array.from({ length: 40 }, () => opaqueId<"Attempt">());
    for (const [index, id] of players.entries()) await join(setup, `Player ${index}`, id);
    await store.command(setup.id, { kind: "start" });

    const acknowledged: { readonly id: AttemptId; readonly points: number }[] = [];
    const answering = players.map(async (id, index) => {
      await sleep(index * 5);
      const outcome = await submit(setup, id, 1);
      if ("answer" in outcome) acknowledged.push({ id, points: outcome.answer.points });
    });
    await sleep(100);
    await redis.kill();
    const settled = await Promise.allSettled(answering);
    const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((error) => !(error instanceof UnavailableError))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
    const asked = performance.now();
    await expect(store.read({ id: setup.id })).rejects.toBeInstanceOf(UnavailableError);
    expect(performance.now() - asked).toBeLessThan(6000);

    await redis.start();
    await expect.poll(() => store.read({ id: setup.id }).catch(() => null), { timeout: 5000 }).not.toBeNull();
    for (const { id, points } of acknowledged) {
      expect((await store.attempt(setup.id, id))?.record.score).toBe(points);
      expect(await submit(setup, id, 1)).toMatchObject({ kind: "repeated", answer: { points } });
    }
    // The connection that reads the journal comes back by itself, too, and not at the same moment.
    await expect.poll(() => direct.client.ping().catch(() => null), { timeout: 5000 }).toBe("PONG");
    const entries = await journalOf(setup.id);
    const session = await store.read({ id: setup.id });
    expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1));
    expect(entries).toHaveLength(session?.version ?? 0);
  });
});
