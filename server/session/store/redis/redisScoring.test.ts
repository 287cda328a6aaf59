import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import { opaqueId } from "../../../core/ids.ts";
import { SCORING, scoreAnswer } from "../../domain/scoring.ts";
import { setupFor } from "../contract/game.ts";
import type { StoreHarness } from "../contract/harness.ts";
import { redisStoreAt } from "./redisHarness.ts";

let redis: RedisProcess;
let harness: StoreHarness;

beforeAll(async () => {
  redis = await startRedis();
  harness = await redisStoreAt(() => redis.url)();
});
afterAll(async () => {
  await harness?.stop();
  await redis?.remove();
});

const share = fc
  .integer({ min: 1, max: 8 })
  .chain((den) => fc.record({ num: fc.integer({ min: 0, max: den }), den: fc.constant(den) }));
const answered = fc.record({
  points: fc.oneof(fc.nat(10_000), fc.constant(10_000), fc.constant(1)),
  timeLimitMs: fc.integer({ min: 1, max: 600 }).map((seconds) => seconds * 1000),
  /** Of the time limit, up to the end of the forgiveness. */
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  share,
});

describe("The points that the script computes", () => {
  it("I4: are those of the domain, with every digit of how they came about", {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("CLASSIC" as const, "ACCURACY" as const),
        fc.array(answered, { minLength: 1, maxLength: 8 }),
        async (scoring, answers) => {
          const questions = answers.map(({ points, timeLimitMs }) => {
            return { id: opaqueId<"Question">(), points, timeLimitMs };
          });
          const setup = setupFor({ code: String(Math.random()), scoring, questions });
          const { store } = harness;
          await store.create(setup);
          const id = opaqueId<"Attempt">();
          await store.join(setup.id, { id, userId: null, nickname: "A", nicknameKey: "a", alternatives: [] });
          await store.command(setup.id, { kind: "start" });
          let streak = 0;
          for (const [index, { points, timeLimitMs, part, share }] of answers.entries()) {
            const elapsedMs = Math.floor(part * timeLimitMs);
            await harness.advance(elapsedMs);
            const correct = share.num === share.den;
            const outcome = await store.submit(setup.id, {
              ...{
                attemptId: id,
                questionId: questions[index]?.id ?? opaqueId<"Question">(),
                correct,
                share,
              },
              ...{ given: { choiceIds: [], text: "x" }, fingerprint: "x", tallyKeys: [] },
            });
            if (outcome.kind !== "recorded") throw new Error(outcome.kind);
            const rules = SCORING[scoring];
            const expected = scoreAnswer({
              ...{ rules, points, timeLimitMs, elapsedMs, share, correct, streakBefore: streak },
            });
            expect(outcome.answer).toMatchObject(expected);
            streak = correct ? streak + 1 : 0;
            await store.command(setup.id, { kind: "next", after: null });
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
