import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisProcess, startRedis } from "../../../tests/fixtures/redis.ts";
import { RateLimitedError } from "../../core/refusals.ts";
import { ACCOUNT_RULES, createAccountGuard } from "./accountGuard.ts";
import { createAddressOf, networkOf } from "./addresses.ts";
import { CODE_RULES, createCodeGuard } from "./codeGuard.ts";
import { failureBudgets } from "./failureBudget.ts";
import { createTokenBuckets } from "./tokenBuckets.ts";

const many = (count: number) => Array.from({ length: count }, (_, n) => n);

describe("token buckets", () => {
  test("give a burst, then so many a second, to each key for itself", () => {
    const buckets = createTokenBuckets({ burst: 20, perSecond: 10 });
    expect(many(20).map(() => buckets.take("a", 0))).toEqual(many(20).map(() => 0));
    expect(buckets.take("a", 0)).toBe(100);
    expect(buckets.take("b", 0)).toBe(0);
    expect([buckets.take("a", 50), buckets.take("a", 100), buckets.take("a", 100)]).toEqual([50, 0, 100]);
  });

  test("forget who has been away for long enough to have a full one, and nobody else", () => {
    const buckets = createTokenBuckets({ burst: 10, perSecond: 10 });
    const taken = (at: number) => many(30).filter(() => buckets.take("a", at) === 0).length;
    expect(taken(0)).toBe(10);
    // Across the turn of the generations, what was taken just before still counts.
    expect(taken(990)).toBe(9);
    expect(taken(1_000)).toBe(1);
    expect(taken(1_500)).toBe(5);
    expect(taken(60_000)).toBe(10);
  });
});

describe("addresses", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("%s counts as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test("what a request says of itself counts from trusted proxies on, from the last one to the first", () => {
    const from = (peer: string, forwarded?: string) => {
      const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: peer });
      const request = new IncomingMessage(socket);
      if (forwarded !== undefined) request.headers["x-forwarded-for"] = forwarded;
      return request;
    };
    const nobody = createAddressOf({ trustedProxies: [] });
    expect(nobody(from("10.0.0.5", "203.0.113.7"))).toBe("10.0.0.5");
    const balancer = createAddressOf({ trustedProxies: ["10.0.0.0/8"] });
    expect(balancer(from("10.0.0.5", "203.0.113.7"))).toBe("203.0.113.7");
    expect(balancer(from("10.0.0.5", "1.2.3.4, 203.0.113.7, 10.0.0.6"))).toBe("203.0.113.7");
    expect(balancer(from("198.51.100.1", "203.0.113.7"))).toBe("198.51.100.1");
    expect(balancer(from("10.0.0.5", "<script>".repeat(100)))).toHaveLength(64);
  });
});

describe("guards", () => {
  const nothing = async () => null;
  const code = (n: number) => `${100_000 + n}`;

  test("many guesses at the same moment are counted before the budget is over", async () => {
    const guard = createCodeGuard(failureBudgets());
    let looked = 0;
    const tries = many(500).map((n) =>
      guard.byCode("a", code(n), async () => {
        looked += 1;
        return null;
      }),
    );
    const refused = (await Promise.allSettled(tries)).filter(({ status }) => status === "rejected");
    expect(looked).toBeLessThan(CODE_RULES.soon.points + CODE_RULES.atOnce);
    expect(refused).toHaveLength(500 - looked);
  });

  test("what is no code is no guess", async () => {
    const guard = createCodeGuard(failureBudgets());
    for (const n of many(200)) expect(await guard.byCode("a", `${n}x`, nothing)).toBeNull();
    expect(await guard.byCode("a", code(1), async () => "found")).toBe("found");
  });

  test("one address has so many new accounts an hour, whatever becomes of them, and others have theirs", async () => {
    const guard = createAccountGuard(failureBudgets());
    const taken = () => Promise.reject(new Error("taken"));
    for (const _ of many(ACCOUNT_RULES.signUp.points)) await guard.signUp("a", taken).catch(() => {});
    await expect(guard.signUp("a", async () => "made")).rejects.toThrow(RateLimitedError);
    expect(await guard.signUp("b", async () => "made")).toBe("made");
  });

  test("a right password gives back what wrong ones have cost", async () => {
    const guard = createAccountGuard(failureBudgets());
    const wrong = new Error("wrong");
    const tryOnce = (right: boolean) =>
      guard
        .signIn(
          "a",
          " Ana@Example.org",
          () => (right ? Promise.resolve("in") : Promise.reject(wrong)),
          (error) => error === wrong,
        )
        .catch((error: Error) => error);
    for (const _ of many(ACCOUNT_RULES.pair.points)) {
      expect(await tryOnce(false)).toBe(wrong);
      expect(await tryOnce(true)).toBe("in");
    }
  });
});

describe("budgets in a Redis", () => {
  const rule = { name: "test", points: 3, seconds: 60 };
  let redis: RedisProcess;
  const clients: Redis[] = [];
  const connect = async () => {
    const client = new Redis(redis.url, {
      enableOfflineQueue: false,
      commandTimeout: 1_000,
      maxRetriesPerRequest: 1,
      lazyConnect: true,
    });
    client.on("error", () => {});
    clients.push(client);
    await client.connect();
    return failureBudgets(client)(rule);
  };
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await redis.remove();
  });

  test("are shared by servers, and go on in each while Redis is away", async () => {
    const [one, other] = [await connect(), await connect()];
    expect([await one.spend("a"), await other.spend("a"), await one.spend("a")]).toEqual([1, 2, 3]);
    expect(one.blockedFor("a")).toBeGreaterThan(50_000);
    // Another server learns it with its next failure.
    expect(await other.spend("a")).toBe(4);
    expect(other.blockedFor("a")).toBeGreaterThan(50_000);
    await other.forgive("a");
    expect(other.blockedFor("a")).toBe(0);
    await redis.kill();
    expect([await one.spend("b"), await one.spend("b"), await one.spend("b")]).toEqual([1, 2, 3]);
    expect(one.blockedFor("b")).toBeGreaterThan(0);
  });
});
