import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisProcess, startRedis } from "../fixtures/redis.ts";
import { untilJournalIsStored } from "./settled.ts";

const KEY = "{s3}:journal";

let redis: RedisProcess;
let client: Redis;

beforeAll(async () => {
  redis = await startRedis();
  client = new Redis(redis.url);
});
afterAll(async () => {
  client?.disconnect();
  await redis?.remove();
});

test("the journal is stored only when every entry is read and acknowledged", async () => {
  const left = () => untilJournalIsStored(redis.url, 0);
  expect(await left()).toEqual([]);
  const id = await client.xadd(KEY, "*", "entry", "{}");
  expect(await left()).toEqual([expect.stringContaining("no group")]);
  await client.xgroup("CREATE", KEY, "postgres", "0");
  expect(await left()).toHaveLength(1);
  await client.xreadgroup("GROUP", "postgres", "a worker", "STREAMS", KEY, ">");
  expect(await left()).toEqual([expect.stringContaining("1 pending")]);
  await client.xack(KEY, "postgres", id ?? "");
  expect(await left()).toEqual([]);
});
