import { Cluster } from "ioredis";
import type { SessionId } from "../../../../core/ids.ts";
import { sessionKeys } from "../keys.ts";
import type { RedisClient } from "../scripts.ts";

/** Of one pipeline: few enough that Redis answers others in between. */
const CHUNK = 1000;

/**
 * The versions at which sessions are in Redis. A session that is not there, or whose node does not answer, has none in
 * the result. Never rejects.
 */
export async function readVersions(
  client: RedisClient,
  ids: readonly SessionId[],
  shards: number,
): Promise<ReadonlyMap<SessionId, number>> {
  const versions = new Map<SessionId, number>();
  await Promise.all(
    batches(client, ids, shards).map(async (batch) => {
      const pipeline = client.pipeline();
      for (const { key } of batch) pipeline.hget(key, "version");
      const replies = await pipeline.exec().catch(() => null);
      for (const [index, { id }] of batch.entries()) {
        const [error, version] = replies?.[index] ?? [null, null];
        if (!error && typeof version === "string") versions.set(id, Number(version));
      }
    }),
  );
  return versions;
}

interface Place {
  readonly id: SessionId;
  readonly key: string;
}

/** What may be in one pipeline: in a cluster, the sessions of one shard, whose keys are in one slot. */
function batches(
  client: RedisClient,
  ids: readonly SessionId[],
  shards: number,
): readonly (readonly Place[])[] {
  const groups = new Map<string, Place[]>();
  for (const id of ids) {
    const key = sessionKeys(id, shards).session;
    const group = client instanceof Cluster ? key.slice(0, key.indexOf("}")) : "";
    const places = groups.get(group);
    if (places) places.push({ id, key });
    else groups.set(group, [{ id, key }]);
  }
  return [...groups.values()].flatMap((places) =>
    Array.from({ length: Math.ceil(places.length / CHUNK) }, (_, index) =>
      places.slice(index * CHUNK, (index + 1) * CHUNK),
    ),
  );
}
