import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Cluster, Redis } from "ioredis";

export type StreamClient = Redis | Cluster;

const NAMES = ["attendWorkers", "takeShard", "leaveShard", "readShard", "settleEntries"] as const;
type StreamScript = (typeof NAMES)[number];

/** The build puts the folder `lua` beside the file that this one becomes part of. */
const texts = new Map(
  NAMES.map((name) => {
    const text = readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), "utf8");
    return [name, { text, sha: createHash("sha1").update(text).digest("hex") }] as const;
  }),
);

/** Runs a script of the workers by its hash; where Redis does not know it (yet, or any more), sends it. */
export async function runScript(
  client: StreamClient,
  name: StreamScript,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  const script = texts.get(name);
  if (!script) throw new Error(`There is no script ${name}`);
  const rest = [...keys, ...args];
  try {
    return await client.evalsha(script.sha, keys.length, ...rest);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
    return await client.eval(script.text, keys.length, ...rest);
  }
}
