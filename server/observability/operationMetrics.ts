import type { Registry } from "prom-client";
import { counter, gauge, histogram } from "./series.ts";

export type Transport = "ws" | "http";
export type OperationKind = "query" | "mutation" | "subscription";
/**
 * "ok": answered with data, be it a refusal that is a value of the schema; "refused": with an error that tells the caller
 * why; "invalid": not a valid operation; "unavailable": a part could not be reached; "failed": a bug.
 */
export type OperationOutcome = "ok" | "refused" | "invalid" | "unavailable" | "failed";

export type OperationRecorder = ReturnType<typeof operationMetrics>;

export function operationMetrics(registry: Registry) {
  const operations = counter(
    registry,
    "quiz_operations_total",
    "GraphQL operations, by how they were answered.",
    ["transport", "kind", "outcome"],
  );
  // Known from the start, so that the first of each counts as a rise.
  for (const transport of ["ws", "http"] as const) {
    for (const kind of ["query", "mutation", "subscription"] as const) {
      for (const outcome of ["ok", "refused", "unavailable", "failed"] as const) {
        operations.inc({ transport, kind, outcome }, 0);
      }
    }
  }
  const durations = histogram(
    registry,
    "quiz_operation_duration_seconds",
    "From the arrival of an operation to its result; of a subscription, to its beginning.",
    ["kind"],
  );
  const subscribers = gauge(
    registry,
    "quiz_subscribers",
    "Subscriptions that are followed through this process.",
    ["subscription"],
  );
  const deliveries = counter(registry, "quiz_deliveries_total", "Results handed to subscribers.", [
    "transport",
    "subscription",
  ]);
  return {
    ended(transport: Transport, kind: OperationKind, outcome: OperationOutcome, seconds: number) {
      operations.inc({ transport, kind, outcome });
      durations.observe({ kind }, seconds);
    },
    /** Not a valid operation: of no kind that could be told. */
    invalid: (transport: Transport) => operations.inc({ transport, kind: "none", outcome: "invalid" }),
    /** `subscription`: the name of a field of the schema. */
    subscribed: (subscription: string) => subscribers.inc({ subscription }),
    unsubscribed: (subscription: string) => subscribers.dec({ subscription }),
    delivered: (transport: Transport, subscription: string, count = 1) =>
      deliveries.inc({ transport, subscription }, count),
  };
}
