import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import { type AttemptId, opaqueId } from "../../../core/ids.ts";
import { UnavailableError } from "../../../core/refusals.ts";
import type { Phase } from "../../domain/session.ts";
import { setupFor } from "../contract/game.ts";
import type { JournalEntry } from "../journal.ts";
import type { SubmitOutcome } from "../liveStore.ts";
import { keepBeating } from "./beating.ts";
import { connectRedis, type RedisConnection } from "./connectRedis.ts";
import { journalKeys } from "./keys.ts";
import { createRedisStore, type RedisStore } from "./redisStore.ts";

const SHARDS = 4;
/** Longer than the time after which nobody counts as watching, longer than a question's time even. */
const AWAY_MS = 4200;
const LIMIT_MS = 3000;
/** Of each of two self-paced sessions. */
const PLAYERS = 1500;

let redis: RedisProcess;
let connections: RedisConnection[];
let stores: RedisStore[];
let beats: (() => Promise<void>)[] = [];

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.remove());
beforeEach(async () => {
  connections = await Promise.all([1, 2].map(() => connectRedis(redis.url, () => {})));
  await connections[0]?.client.flushall();
  stores = connections.map((connection) => createRedisStore({ connection, shards: SHARDS }));
  await beginToBeat();
});
afterEach(async () => {
  await stopBeating();
  for (const connection of connections) connection.close();
});

async function beginToBeat() {
  beats = stores.map((store) => keepBeating(store, () => {}));
  await Promise.all(stores.map((store) => store.beat().catch(() => {})));
}
async function stopBeating() {
  for (const stop of beats.splice(0)) await stop();
}

function store(index = 0): RedisStore {
  const found = stores[index];
  if (!found) throw new RangeError("There are two stores");
  return found;
}

/** A started session with two players, and what they do in it. */
async function started(code: string, pacing: "HOST_PACED" | "SELF_PACED" = "HOST_PACED") {
  const questions = [1, 2].map(() => ({ id: opaqueId<"Question">(), timeLimitMs: LIMIT_MS, points: 1000 }));
  const setup = setupFor({ code, questions, pacing });
  await store().create(setup);
  const [ana, bo] = [opaqueId<"Attempt">(), opaqueId<"Attempt">()];
  for (const id of [ana, bo]) {
    await store().join(setup.id, { id, userId: null, nickname: id, nicknameKey: id, alternatives: [] });
  }
  await store().command(setup.id, { kind: "start" });
  const submit = (attemptId: AttemptId, at = store()): Promise<SubmitOutcome> =>
    at.submit(setup.id, {
      ...{ attemptId, questionId: questions[0]?.id ?? opaqueId<"Question">(), fingerprint: "x" },
      ...{ given: { choiceIds: [], text: "x" }, tallyKeys: ["x"], correct: true, share: { num: 1, den: 1 } },
    });
  return { setup, ana, bo, submit };
}

/** As a client does: the same again until the store can be reached. */
async function persistently<Value>(act: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof UnavailableError) || tries === 400) throw error;
      await sleep(25);
    }
  }
}

const questionOf = (phase: Phase | undefined) => {
  if (!phase || !("question" in phase)) throw new Error(`No question on screen: ${phase?.state}`);
  return phase.question;
};

async function entriesOf(id: string): Promise<JournalEntry[]> {
  const client = connections[0]?.client;
  const streams = await Promise.all(journalKeys(SHARDS).map((key) => client?.xrange(key, "-", "+") ?? []));
  return streams
    .flat()
    .map(([, [, entry = "{}"]]) => JSON.parse(entry) as JournalEntry)
    .filter(({ sessionId }) => sessionId === id);
}

async function expectDense(id: string) {
  const versions = (await entriesOf(id)).map(({ version }) => version);
  expect(versions).toEqual(versions.map((_, index) => index + 1));
  expect((await store().read({ id: setupId(id) }))?.version).toBe(versions.length);
}
const setupId = (id: string) => id as ReturnType<typeof setupFor>["id"];

describe("A gap in which nobody could answer", () => {
  it.each([
    ["because Redis was killed, and has what its append-only file kept", "kill"],
    ["because no server was there", "silence"],
  ] as const)(
    "I5, I6: is given back to open questions, fairly and once, %s",
    {
      timeout: 30_000,
    },
    async (_, how) => {
      const { setup, ana, bo, submit } = await started(how === "kill" ? "100001" : "100002");
      const first = await submit(ana);
      if (first.kind !== "recorded") throw new Error(first.kind);
      const before = questionOf((await store().read({ id: setup.id }))?.phase);

      const began = Date.now();
      if (how === "kill") await redis.kill();
      else await stopBeating();
      await sleep(AWAY_MS);
      if (how === "kill") await redis.start();
      // Both servers find the gap at the same time, with an answer and, where they still beat, with a beat.
      const outcomes = await Promise.all([
        persistently(() => submit(bo, store(0))),
        persistently(() => submit(bo, store(1))),
      ]);
      const away = Date.now() - began;
      await stopBeating();
      await beginToBeat();

      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["recorded", "repeated"]);
      const [one, other] = outcomes;
      if (one?.kind !== "recorded" && one?.kind !== "repeated") throw new Error(one?.kind);
      if (other && "answer" in other) expect(other.answer).toEqual(one.answer);
      const after = questionOf((await store().read({ id: setup.id }))?.phase);
      const moved = after.closesAt - before.closesAt;
      expect(after.opensAt - before.opensAt).toBe(moved);
      // At most what was waited for, and a beat's time before it.
      expect(moved).toBeGreaterThan(AWAY_MS - 1200);
      expect(moved).toBeLessThan(away + 1200);
      // Fair: what is counted is the time in which there was a game.
      expect(one.answer.elapsedMs).toBe(one.answer.answeredAt - after.opensAt);
      expect(one.answer.elapsedMs).toBeLessThan(LIMIT_MS);
      expect(await submit(ana)).toMatchObject({ kind: "repeated", answer: first.answer });

      const extensions = (await entriesOf(setup.id)).filter(
        (entry) => entry.kind === "phase" && entry.phase.state === "QUESTION_OPEN",
      );
      expect(extensions).toHaveLength(2);
      await expectDense(setup.id);
      await sleep(Math.max(0, after.closesAt + 520 - Date.now()));
      const late = opaqueId<"Attempt">();
      await store().join(setup.id, {
        id: late,
        userId: null,
        nickname: "L",
        nicknameKey: "l",
        alternatives: [],
      });
      expect(await submit(late)).toEqual({ kind: "not-open" });
      await store().closeDue();
      expect((await store().read({ id: setup.id }))?.phase).toEqual({
        state: "QUESTION_CLOSED",
        question: after,
      });
    },
  );

  it("is given back to each player of a self-paced session, and brings its due times along", {
    timeout: 30_000,
  }, async () => {
    const { setup, ana, bo, submit } = await started("100003", "SELF_PACED");
    await store().command(setup.id, { kind: "hand-out", attemptId: ana });
    const before = (await store().attempt(setup.id, ana))?.record.facing;
    await stopBeating();
    await sleep(AWAY_MS);
    await Promise.all(stores.map((one) => one.closeDue()));
    const { facing } = (await store().attempt(setup.id, ana))?.record ?? {};
    expect(facing).toMatchObject({ number: 1 });
    const moved = (facing?.closesAt ?? 0) - (before?.closesAt ?? 0);
    expect(moved).toBeGreaterThan(AWAY_MS - 1200);
    expect((facing?.opensAt ?? 0) - (before?.opensAt ?? 0)).toBe(moved);
    expect((await store().attempt(setup.id, bo))?.record.facing).toBeNull();
    expect(await submit(ana)).toMatchObject({ kind: "recorded" });
    await expectDense(setup.id);
  });

  it("I6: gives nothing to a question that was over before it", { timeout: 30_000 }, async () => {
    const { setup, bo, submit } = await started("100004");
    const before = questionOf((await store().read({ id: setup.id }))?.phase);
    await sleep(LIMIT_MS + 600);
    await store().beat();
    await stopBeating();
    await sleep(3200);
    expect(await submit(bo)).toEqual({ kind: "not-open" });
    expect(questionOf((await store().read({ id: setup.id }))?.phase)).toEqual(before);
    await store().closeDue();
    expect((await store().read({ id: setup.id }))?.phase.state).toBe("QUESTION_CLOSED");
  });

  it("leaves a lobby and a closed question as they are", { timeout: 30_000 }, async () => {
    const { setup } = await started("100005");
    await store().command(setup.id, { kind: "close" });
    const lobby = setupFor({ code: "100006" });
    await store().create(lobby);
    const seen = () => Promise.all([setup, lobby].map(({ id }) => store().read({ id })));
    const before = await seen();
    await stopBeating();
    await sleep(3200);
    await store().beat();
    expect((await seen()).map((one) => [one?.version, one?.phase])).toEqual(
      before.map((one) => [one?.version, one?.phase]),
    );
  });
});

describe("A beat after a gap", () => {
  it("gives each its time once, in pieces, with 300 sessions in a shard and 3,000 who play by themselves", {
    timeout: 60_000,
  }, async () => {
    const [connection] = connections;
    if (!connection) throw new Error("There is no connection");
    await stopBeating();
    await connection.client.flushall();
    const one = createRedisStore({ connection, shards: 1 });
    await one.beat();
    const hosted = Array.from({ length: 300 }, (_, index) => setupFor({ code: String(200_000 + index) }));
    await Promise.all(
      hosted.map(async (setup) => {
        await one.create(setup);
        await one.command(setup.id, { kind: "start" });
      }),
    );
    for (const code of ["300000", "300001"]) {
      const homework = setupFor({ code, pacing: "SELF_PACED" });
      const { id } = homework;
      await one.create(homework);
      await one.command(id, { kind: "start" });
      for (let from = 0; from < PLAYERS; from += 300) {
        await one.beat();
        const some = Array.from({ length: 300 }, () => opaqueId<"Attempt">());
        const seat = { userId: null, alternatives: [] };
        await Promise.all(
          some.map((player) => one.join(id, { ...seat, id: player, nickname: player, nicknameKey: player })),
        );
        await Promise.all(some.map((attemptId) => one.command(id, { kind: "hand-out", attemptId })));
      }
    }
    await one.beat();
    const before = await connection.client.xlen("{s0}:journal");
    await sleep(3100);
    await connection.client.config("RESETSTAT");
    await connection.client.call("SLOWLOG", "RESET");
    await connection.client.config("SET", "slowlog-log-slower-than", "1000");
    await one.beat();
    const log = (await connection.client.call("SLOWLOG", "GET", "500")) as [
      number,
      number,
      number,
      string[],
    ][];
    const longest = Math.max(...log.map(([, , microseconds]) => microseconds));
    expect(await connection.client.xlen("{s0}:journal")).toBe(before + 300 + 2 * PLAYERS);
    // Measured: 45 µs for each change. The bound is for a busy machine.
    expect(longest).toBeLessThan(2_000_000);
  });
});
