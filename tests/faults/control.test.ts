import { expect, test } from "vitest";
import { runFaults } from "./run.ts";
import { report } from "./verdict.ts";

const MINUTE_MS = 60_000;

test(
  "a worker that acknowledges before it stores is found out: the checker can fail",
  async () => {
    const verdict = await runFaults({
      ...{ minutes: 0.25, players: 100, minKills: 6, servers: 1, workers: 2, seed: 1 },
      log: () => {},
      progress: () => {},
      acknowledgeFirst: true,
    });
    console.log(report(verdict).at(-1));
    expect(verdict.findings.acknowledged).toBeGreaterThan(0);
    expect(verdict.findings.lost.length).toBeGreaterThan(0);
  },
  5 * MINUTE_MS,
);
