import { afterEach, beforeEach, describe } from "vitest";
import { describeAnswering } from "./answering.contract.ts";
import { describeChanges } from "./changes.contract.ts";
import type { MakeStore, StoreHarness } from "./harness.ts";
import { describeHostPaced } from "./hostPaced.contract.ts";
import { describeJoining } from "./joining.contract.ts";
import { describeRanks } from "./ranks.contract.ts";
import { describeRestoring } from "./restoring.contract.ts";
import { describeSelfPaced } from "./selfPaced.contract.ts";

/** What every live store must do, whatever it is made of. */
export function describeLiveStore(name: string, makeStore: MakeStore): void {
  describe(`The ${name} live store`, () => {
    let harness: StoreHarness | undefined;
    const use = () => {
      if (!harness) throw new Error("A store is there only while a test runs");
      return harness;
    };

    beforeEach(async () => {
      harness = await makeStore();
    });
    afterEach(async () => {
      await harness?.stop();
      harness = undefined;
    });

    describeJoining(use);
    describeAnswering(use);
    describeRanks(use);
    describeHostPaced(use);
    describeSelfPaced(use);
    describeChanges(use);
    describeRestoring(use);
  });
}
