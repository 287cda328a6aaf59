import type { Logger } from "./logger.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { createOutages, type Outages } from "./outages.ts";
import { startTracing } from "./startTracing.ts";
import { noTracer, type Tracer } from "./tracer.ts";

/** How a process tells what it does. Made once, by the composition root, which passes on what each part needs. */
export interface Observability {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly outages: Outages;
  readonly tracer: Tracer;
  /** Sends off what was traced last. */
  stop(): Promise<void>;
}

export interface ObservabilityOptions {
  readonly logger: Logger;
  /** Of the program. */
  readonly version: string;
  /** What traces call this process: "quiz-server", "quiz-worker". */
  readonly serviceName: string;
  /** Where traces go; null: nothing is traced, and nothing of it is loaded. */
  readonly traceEndpoint: string | null;
  /** How many of the requests are traced, from 0 to 1. */
  readonly traceShare: number;
}

export async function startObservability(options: ObservabilityOptions): Promise<Observability> {
  const { logger, version, serviceName, traceEndpoint: endpoint, traceShare: share } = options;
  const common = { logger, metrics: createMetrics({ version }), outages: createOutages(logger) };
  if (endpoint === null) return { ...common, tracer: noTracer, stop: async () => {} };
  return { ...common, ...(await startTracing({ endpoint, share, serviceName, version })) };
}
