import { setTimeout as sleep } from "node:timers/promises";
import type { Context, Link, Span } from "@opentelemetry/api";
import type { SpanAttributes, Tracer } from "./tracer.ts";

export interface TracingOptions {
  /** Of an OTLP receiver over HTTP, as OTEL_EXPORTER_OTLP_ENDPOINT gives it: without `/v1/traces`. */
  readonly endpoint: string;
  /** How many traces are recorded, from 0 to 1; what another process has begun to record is gone on with. */
  readonly share: number;
  readonly serviceName: string;
  readonly version: string;
}

/** A batch shows itself in so many of the traces that it is a step of; it has up to a thousand. */
const SHOWN_IN = 64;
/** Nobody waits longer for the last traces to be sent off. */
const LAST_MS = 2_000;

/**
 * Traces with OpenTelemetry, sent in batches to a receiver; one that is away costs spans and nothing else. Loads its
 * packages only when called.
 */
export async function startTracing(
  options: TracingOptions,
): Promise<{ readonly tracer: Tracer; readonly stop: () => Promise<void> }> {
  const { endpoint, share, serviceName, version } = options;
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const { context, propagation, trace, ROOT_CONTEXT, SpanStatusCode, TraceFlags } = api;
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName, "service.version": version }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` })),
    ],
  });
  provider.register();
  const spans = provider.getTracer("quiz", version);

  const carrierOf = (at: Context) => {
    const carrier: Record<string, string> = {};
    propagation.inject(at, carrier);
    return carrier;
  };
  const contextOf = (traceparent: string) => propagation.extract(ROOT_CONTEXT, { traceparent });
  const isRecorded = (at: Context) =>
    ((trace.getSpanContext(at)?.traceFlags ?? TraceFlags.NONE) & TraceFlags.SAMPLED) !== 0;

  async function within<Result>(at: Context, span: Span, run: () => Promise<Result>): Promise<Result> {
    try {
      return await context.with(trace.setSpan(at, span), run);
    } catch (error) {
      // The kind of the error, and no more: what it says may be about people.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "error" });
      throw error;
    } finally {
      span.end();
    }
  }

  const tracer: Tracer = {
    span(name, attributes, run) {
      const at = context.active();
      return within(at, spans.startSpan(name, { attributes }, at), run);
    },
    current() {
      const at = context.active();
      return isRecorded(at) ? (carrierOf(at)["traceparent"] ?? null) : null;
    },
    continueFrom(traceparent, name, run) {
      const at = traceparent === null ? ROOT_CONTEXT : contextOf(traceparent);
      return within(at, spans.startSpan(name, {}, at), run);
    },
    async batch(traceparents, name, attributes, run) {
      const shown = [...new Set(traceparents)].slice(0, SHOWN_IN).map(contextOf).filter(isRecorded);
      // A batch that nobody's trace shows is not worth one of its own.
      const [first] = shown;
      if (first === undefined) return run();
      const links = shown.map(linkTo);
      const step = spans.startSpan(
        name,
        { attributes: { ...attributes, traces: shown.length }, links },
        first,
      );
      const others = shown.slice(1).map((at) => shownIn(at, step, name, attributes));
      try {
        return await within(first, step, run);
      } finally {
        for (const span of others) span.end();
      }
    },
  };

  function linkTo(at: Context): Link {
    const spanContext = trace.getSpanContext(at);
    if (spanContext === undefined) throw new TypeError("A trace without a span");
    return { context: spanContext };
  }

  function shownIn(at: Context, step: Span, name: string, attributes: SpanAttributes): Span {
    return spans.startSpan(name, { attributes, links: [{ context: step.spanContext() }] }, at);
  }

  return {
    tracer,
    async stop() {
      await Promise.race([provider.shutdown().catch(() => {}), sleep(LAST_MS, undefined, { ref: false })]);
      context.disable();
      propagation.disable();
      trace.disable();
    },
  };
}
