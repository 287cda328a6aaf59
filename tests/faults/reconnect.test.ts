import { expect, test } from "vitest";
import { deploy } from "./deployment.ts";
import { describeReconnect, measureReconnect } from "./reconnect.ts";

const MINUTE_MS = 60_000;

test(
  "I5: a thousand clients that are dropped at once all come back, and nobody is shown anything twice or from before",
  async () => {
    const deployment = await deploy({ servers: 2, workers: 1, serverWrites: false });
    try {
      const measured = await measureReconnect(deployment, 1000);
      console.log(describeReconnect(measured));
      expect(measured.missing).toBe(0);
      expect(measured.regressions).toEqual([]);
      expect(measured.shownTwice).toBe(0);
    } finally {
      await deployment.stop();
    }
  },
  5 * MINUTE_MS,
);
