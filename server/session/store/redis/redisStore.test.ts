import { afterAll, beforeAll } from "vitest";
import { type RedisProcess, startRedis } from "../../../../tests/fixtures/redis.ts";
import { describeLiveStore } from "../contract/liveStore.contract.ts";
import { describeAgainstModel } from "../contract/model/model.contract.ts";
import { redisStoreAt } from "./redisHarness.ts";

let redis: RedisProcess;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis?.remove());

const makeStore = redisStoreAt(() => redis.url);

describeLiveStore("Redis", makeStore);
describeAgainstModel("Redis", makeStore, 40);
