import type { Pool } from "pg";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { globalId } from "../graphql/globalIds.ts";
import type { Observability } from "../observability/observability.ts";
import {
  createEndpoints,
  createQueueReadings,
  createSecretBox,
  createWebhooks,
  type DispatchTimes,
  type EndpointsOptions,
  startDispatcher,
  type Webhooks,
} from "../webhooks/index.ts";

export interface WebhookOptions extends EndpointsOptions {
  readonly times?: Partial<DispatchTimes>;
}

export interface WebhookParts {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  /** AUTH_SECRET. */
  readonly secret: string;
  readonly publicUrl: string;
  readonly version: string;
  readonly options: WebhookOptions;
  readonly observability: Observability;
}

/** Webhooks as users see them, and this process' part in sending to them. */
export function startWebhooks(parts: WebhookParts): { readonly webhooks: Webhooks; stop(): Promise<void> } {
  const { prisma, pool, secret, publicUrl, version, options, observability } = parts;
  const { metrics, outages } = observability;
  const [secrets, endpoints] = [createSecretBox(secret), createEndpoints(options)];
  metrics.webhooks.queue(createQueueReadings(pool));
  const dispatcher = startDispatcher({
    ...{ pool, secrets, endpoints, publicUrl, idOf: globalId },
    userAgent: `vocabulary-quiz/${version}`,
    outage: outages.of("database"),
    observer: metrics.webhooks,
    ...(options.times && { times: options.times }),
  });
  return { webhooks: createWebhooks({ prisma, pool, secrets, endpoints }), stop: dispatcher.stop };
}
