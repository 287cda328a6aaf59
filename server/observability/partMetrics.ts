import { Gauge, type Registry } from "prom-client";
import { type ReadNumber, readGauge } from "./series.ts";

/** The parts outside of this process, by name: whether each can be reached. Never rejects. */
export type ReadParts = () => Promise<Readonly<Record<string, "up" | "down">>>;

export function partMetrics(registry: Registry) {
  return {
    /** Checked at each scrape. Names are the program's own. */
    reached(read: ReadParts) {
      new Gauge({
        name: "quiz_part_up",
        help: "Whether this process can reach a part that it works with: 1 or 0.",
        labelNames: ["part"],
        registers: [registry],
        async collect() {
          for (const [part, state] of Object.entries(await read()))
            this.set({ part }, state === "up" ? 1 : 0);
        },
      });
    },
    /** The memory of Redis, in bytes; 0 for no limit. */
    redisMemory(read: { readonly used: ReadNumber; readonly limit: ReadNumber }) {
      readGauge(registry, "quiz_redis_memory_used_bytes", "Memory that Redis uses.", read.used);
      readGauge(
        registry,
        "quiz_redis_memory_limit_bytes",
        "Memory that Redis may use (maxmemory); 0: no limit.",
        read.limit,
      );
    },
  };
}
