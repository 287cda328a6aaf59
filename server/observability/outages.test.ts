import { expect, test } from "vitest";
import { createErrorReports } from "./errorReports.ts";
import { createLogger } from "./logger.ts";
import { createOutages } from "./outages.ts";

function logging() {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger("info", { write: (line) => lines.push(JSON.parse(line)) });
  return { lines, logger };
}

test("an outage is two lines, however many calls fail and whoever tells of them", () => {
  const { lines, logger } = logging();
  const outages = createOutages(logger, { settledMs: 0 });
  outages.of("redis").works();
  for (let n = 0; n < 1000; n++) outages.of("redis").fails(new Error("connect ECONNREFUSED"));
  outages.of("redis").works();
  outages.of("redis").works();
  expect(lines).toMatchObject([
    { part: "redis", msg: "a part cannot be reached", err: { message: "connect ECONNREFUSED" } },
    { part: "redis", msg: "a part is back", failures: 1000, seconds: expect.any(Number) },
  ]);
});

test("where nobody says that a part is back, it is when nobody has missed it for a while", async () => {
  const { lines, logger } = logging();
  const outage = createOutages(logger, { quietMs: 50 }).of("database");
  outage.fails(new Error("away"));
  await expect.poll(() => lines.length, { timeout: 5_000 }).toBe(2);
  outage.fails(new Error("away again"));
  expect(lines).toHaveLength(3);
});

test("what works for one and fails for another, in turn, is one outage", () => {
  const { lines, logger } = logging();
  const outage = createOutages(logger).of("redis");
  for (let n = 0; n < 100; n++) {
    outage.fails(new Error("READONLY"));
    outage.works();
  }
  expect(lines).toHaveLength(1);
});

test("operations that fail in the same way by the thousand are told of a few times, and counted", async () => {
  const { lines, logger } = logging();
  const report = createErrorReports(logger, 50);
  for (let n = 0; n < 1000; n++)
    report(new TypeError("no such thing"), { requestId: `r${n}`, attemptId: "a" });
  report(new RangeError("another"), { requestId: "r", sessionId: "s" });
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatchObject({ requestId: "r0", attemptId: "a", err: { type: "TypeError" } });
  expect(lines[5]).toMatchObject({ requestId: "r", sessionId: "s" });
  await expect.poll(() => lines.length, { timeout: 5_000 }).toBe(7);
  expect(lines[6]).toMatchObject({ kind: "TypeError", more: 995 });
  report(new TypeError("no such thing"), { requestId: "later" });
  expect(lines[7]).toMatchObject({ requestId: "later" });
});
