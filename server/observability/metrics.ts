import { collectDefaultMetrics, Registry } from "prom-client";
import { answerMetrics } from "./answerMetrics.ts";
import { journalMetrics } from "./journalMetrics.ts";
import { liveMetrics } from "./liveMetrics.ts";
import { operationMetrics } from "./operationMetrics.ts";
import { partMetrics } from "./partMetrics.ts";
import { gauge } from "./series.ts";
import { sharedExecutionMetrics } from "./sharedExecutionMetrics.ts";
import { socketMetrics } from "./socketMetrics.ts";
import { storeMetrics } from "./storeMetrics.ts";
import { webhookMetrics } from "./webhookMetrics.ts";

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * What a process counts: one registry, and a small recorder for each part, to be passed to that part by the composition
 * root. Names follow Prometheus: `quiz_` first, seconds and bytes, `_total` for what only grows. No label ever carries
 * an id, or anything else that callers choose: each has a fixed, small set of values.
 */
export function createMetrics({ version }: { readonly version: string }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, "quiz_build_info", "Always 1; the labels tell what runs.", ["version", "node"]).set(
    { version, node: process.version },
    1,
  );
  return {
    registry,
    answers: answerMetrics(registry),
    operations: operationMetrics(registry),
    shared: sharedExecutionMetrics(registry),
    sockets: socketMetrics(registry),
    store: storeMetrics(registry),
    journal: journalMetrics(registry),
    live: liveMetrics(registry),
    parts: partMetrics(registry),
    webhooks: webhookMetrics(registry),
  };
}
