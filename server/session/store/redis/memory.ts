import { Cluster, type Redis } from "ioredis";
import type { RedisClient } from "./scripts.ts";
import { reaching } from "./unavailable.ts";

/** In bytes. */
export interface Memory {
  readonly used: number;
  /** `maxmemory`; 0: no limit. */
  readonly limit: number;
}

/** The memory of Redis; of a cluster, that of its fullest master. @throws UnavailableError */
export async function readMemory(client: RedisClient): Promise<Memory> {
  const nodes: readonly Redis[] = client instanceof Cluster ? client.nodes("master") : [client];
  const read = await Promise.all(nodes.map(memoryOf));
  const [first = { used: 0, limit: 0 }, ...others] = read;
  return others.reduce((fullest, memory) => (shareOf(memory) > shareOf(fullest) ? memory : fullest), first);
}

/** How full it is, from 0 to 1; 0 where there is no limit. */
export function shareOf({ used, limit }: Memory): number {
  return limit > 0 ? used / limit : 0;
}

async function memoryOf(node: Redis): Promise<Memory> {
  const info = await reaching(node.info("memory"));
  const read = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
  return { used: read("used_memory"), limit: read("maxmemory") };
}
