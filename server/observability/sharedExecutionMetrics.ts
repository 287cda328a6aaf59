import type { Registry } from "prom-client";
import { type ReadNumber, readGauge } from "./series.ts";

export interface SharedExecutionNumbers {
  readonly operations: ReadNumber;
  readonly followers: ReadNumber;
  readonly behind: ReadNumber;
}

/** Of subscriptions that are executed once for all who follow the same. */
export function sharedExecutionMetrics(registry: Registry) {
  return {
    follow({ operations, followers, behind }: SharedExecutionNumbers) {
      readGauge(
        registry,
        "quiz_shared_operations",
        "Subscriptions that are executed once for all who follow them.",
        operations,
      );
      readGauge(registry, "quiz_shared_followers", "Those who follow them.", followers);
      readGauge(
        registry,
        "quiz_shared_followers_behind",
        "Those among them who have yet to take the newest state, because they read too slowly.",
        behind,
      );
    },
  };
}
