import type { Registry } from "prom-client";
import { counter, gauge } from "./series.ts";

/**
 * The codes that WebSockets, graphql-ws and this server close with. A client may send any other of 4,000 codes: they
 * count as one.
 */
const KNOWN_CODES = new Set([
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 4400, 4401, 4403, 4406, 4408, 4409,
  4429, 4500, 4504,
]);

export type SocketRecorder = ReturnType<typeof socketMetrics>;

export function socketMetrics(registry: Registry) {
  const open = gauge(registry, "quiz_sockets_open", "WebSockets that are open.");
  const opened = counter(registry, "quiz_sockets_opened_total", "WebSockets that were opened.");
  const closed = counter(registry, "quiz_sockets_closed_total", "WebSockets that were closed, by code.", [
    "code",
  ]);
  // Known from the start, so that the first one counts as a rise.
  for (const code of [1006, 1012, 1013]) closed.inc({ code: String(code) }, 0);
  return {
    opened() {
      open.inc();
      opened.inc();
    },
    closed(code: number) {
      open.dec();
      closed.inc({ code: KNOWN_CODES.has(code) ? String(code) : "other" });
    },
  };
}
