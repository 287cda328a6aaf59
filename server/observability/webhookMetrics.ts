import type { Registry } from "prom-client";
import { counter, type ReadNumber, readGauge } from "./series.ts";

/** "given_up": the last try failed, or the endpoint is gone. */
export type TryOutcome = "delivered" | "failed" | "given_up";

/** What becomes of the messages to webhooks. */
export function webhookMetrics(registry: Registry) {
  const tries = counter(
    registry,
    "quiz_webhook_tries_total",
    "Messages to webhooks that this process tried to deliver.",
    ["outcome"],
  );
  for (const outcome of ["delivered", "failed", "given_up"]) tries.inc({ outcome }, 0);
  return {
    tried: (outcome: TryOutcome) => tries.inc({ outcome }),
    /** The same numbers on every server that shares the database. */
    queue(read: { readonly waiting: ReadNumber; readonly overdueSeconds: ReadNumber }) {
      readGauge(
        registry,
        "quiz_webhook_deliveries_waiting",
        "Messages that wait for their first try or the next, of webhooks that are on.",
        read.waiting,
      );
      readGauge(
        registry,
        "quiz_webhook_overdue_seconds",
        "For how long the message that is most overdue should have been tried, of webhooks that do not fail.",
        read.overdueSeconds,
      );
    },
  };
}
