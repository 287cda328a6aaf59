import type { Registry } from "prom-client";
import { histogram } from "./series.ts";

/** `method` is the name of one of the store's own methods. */
export interface StoreRecorder {
  called(method: string, outcome: "ok" | "failed", seconds: number): void;
}

export function storeMetrics(registry: Registry): StoreRecorder {
  const durations = histogram(
    registry,
    "quiz_store_operation_duration_seconds",
    "Steps of the live store, until they are durable.",
    ["method", "outcome"],
  );
  return {
    called: (method, outcome, seconds) => durations.observe({ method, outcome }, seconds),
  };
}
