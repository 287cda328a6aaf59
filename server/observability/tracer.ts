/** What a span says of itself. No nicknames, no tokens, no answers. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Follows single requests through the program. Costs nothing where nothing is traced. */
export interface Tracer {
  /** Runs `run` as a step of what runs now, or as the beginning of a new trace. */
  span<Result>(name: string, attributes: SpanAttributes, run: () => Promise<Result>): Promise<Result>;
  /** What runs now, as a W3C `traceparent`, for another process to go on with; null where it is not recorded. */
  current(): string | null;
  /** Goes on with a trace that another process began; null begins a new one. */
  continueFrom<Result>(traceparent: string | null, name: string, run: () => Promise<Result>): Promise<Result>;
  /**
   * Runs `run` as one step of many traces at once: each of them shows it, as long as it took, with a link to the
   * step itself.
   */
  batch<Result>(
    traceparents: readonly string[],
    name: string,
    attributes: SpanAttributes,
    run: () => Promise<Result>,
  ): Promise<Result>;
}

/** Of nothing. */
export const noTracer: Tracer = {
  span: (_name, _attributes, run) => run(),
  current: () => null,
  continueFrom: (_traceparent, _name, run) => run(),
  batch: (_traceparents, _name, _attributes, run) => run(),
};
