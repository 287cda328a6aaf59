import { expect, test } from "vitest";
import { createHealth } from "./health.ts";

const up = { check: async () => true, required: true };

test("a part that games do not need leaves a server ready for them, and is named", async () => {
  const database = { check: async () => false, required: false };
  expect(await createHealth({ redis: up, database }).read()).toEqual({
    status: "degraded",
    parts: { redis: "up", database: "down" },
  });
});

test("a part that games need makes it unavailable, whatever else is up", async () => {
  const redis = { check: async () => false, required: true };
  expect(await createHealth({ redis, database: { ...up, required: false } }).read()).toEqual({
    status: "unavailable",
    parts: { redis: "down", database: "up" },
  });
});

test("a check that fails or hangs is a part that is down, told within its time", async () => {
  const told: string[] = [];
  const health = createHealth(
    {
      failing: { check: () => Promise.reject(new Error("no")), required: false },
      hanging: { check: () => new Promise<boolean>(() => {}), required: true },
      working: up,
    },
    { timeoutMs: 30, onChecked: (part, error) => told.push(`${part}: ${error?.message ?? "up"}`) },
  );
  expect((await health.read()).parts).toEqual({ failing: "down", hanging: "down", working: "up" });
  expect(told.sort()).toEqual(["failing: no", "hanging: No answer in 30 ms", "working: up"]);
});

test("a storm of probes asks each part once, and a later one again", async () => {
  let asked = 0;
  const database = {
    check: async () => {
      asked += 1;
      return true;
    },
    required: true,
  };
  const health = createHealth({ database }, { keptMs: 200 });
  await Promise.all(Array.from({ length: 1000 }, () => health.read()));
  await health.read();
  expect(asked).toBe(1);
  await expect.poll(async () => (await health.read()) && asked, { timeout: 5_000 }).toBeGreaterThan(1);
});
