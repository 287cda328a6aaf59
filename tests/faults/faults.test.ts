import { expect, test } from "vitest";
import { runFaults } from "./run.ts";
import { isClean, report } from "./verdict.ts";

const MINUTE_MS = 60_000;

test(
  "I1–I6: nothing acknowledged is lost, counted twice, changed, taken back or taken late, whatever breaks",
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const happened: string[] = [];
    const log = (text: string) => happened.push(text);
    const verdict = await runFaults({
      ...{ minutes: 2, players: 120, minKills: 15, servers: 2, workers: 2, seed, log },
      progress: () => {},
    });
    const lines = report(verdict);
    console.log(`seed ${seed}: ${lines.at(-1)}`);
    expect(isClean(verdict), [`seed ${seed}`, ...happened, ...lines].join("\n")).toBe(true);
  },
  10 * MINUTE_MS,
);
