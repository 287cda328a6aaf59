import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** From 1 ms, where a store on the same machine is, to 10 s, where clients have long tried again. */
export const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function counter<Label extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> {
  return new Counter({ name, help, labelNames, registers: [registry] });
}

export function gauge<Label extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames, registers: [registry] });
}

/** A scrape waits no longer than this for one value. */
const READ_TIMEOUT_MS = 2_000;

/** `read` is asked at each scrape; where it rejects or takes too long, the value is left out, instead of an old one. */
export function readGauge(registry: Registry, name: string, help: string, read: ReadNumber): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.remove();
      const value = await inTime(read);
      if (value !== null) this.set(value);
    },
  });
}

async function inTime(read: ReadNumber): Promise<number | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), READ_TIMEOUT_MS);
  });
  try {
    return await Promise.race([late, read()]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Null: not known just now. */
export type ReadNumber = () => number | null | Promise<number | null>;

export function histogram<Label extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
  buckets: readonly number[] = LATENCY_BUCKETS,
): Histogram<Label> {
  return new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [registry] });
}
