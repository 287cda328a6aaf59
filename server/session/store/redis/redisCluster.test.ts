import { afterAll, beforeAll } from "vitest";
import { startRedisCluster } from "../../../../tests/fixtures/redis.ts";
import { describeLiveStore } from "../contract/liveStore.contract.ts";
import { describeAgainstModel } from "../contract/model/model.contract.ts";
import { redisStoreAt } from "./redisHarness.ts";

let cluster: Awaited<ReturnType<typeof startRedisCluster>>;

beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster?.remove());

const makeStore = redisStoreAt(() => cluster.url);

describeLiveStore("Redis Cluster", makeStore);
describeAgainstModel("Redis Cluster", makeStore, 10);
