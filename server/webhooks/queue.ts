import type { Pool } from "pg";
import type { DeliveryId, WebhookId } from "./webhook.ts";

/** A delivery that this process may try, until its lease runs out. */
export interface Taken {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
  readonly type: string;
  readonly subjectId: string;
  readonly occurredAt: Date;
  readonly payload: string | null;
  /** This one included; also what tells this lease from a later one. */
  readonly tries: number;
  readonly triesBefore: number;
  readonly url: string;
  /** Sealed. The newest first. */
  readonly secrets: readonly string[];
}

/** How a try ended. */
export interface Outcome {
  /** "erased": there is nothing left to tell, which is no fault of the endpoint. */
  readonly kind: "delivered" | "failed" | "gone" | "erased";
  readonly responseStatus: number | null;
  readonly responseBody: string | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** When to try again; null: never. */
  readonly waitMs: number | null;
}

/** How many tries of one webhook are under way at once; one where nothing has got through lately. */
const AT_ONCE = 4;

/**
 * Takes what is due: of each webhook its oldest, as many as it has room for, so that one that hangs holds up none but itself.
 * The lease is the time of the next try: a process that dies leaves the delivery to the others when that comes.
 */
const TAKE = `WITH due AS (
    SELECT due.id FROM webhook
    LEFT JOIN unnest($1::uuid[], $2::int[]) AS busy (id, tries) ON busy.id = webhook.id
    CROSS JOIN LATERAL (
      SELECT delivery.id FROM webhook_delivery AS delivery
      WHERE delivery.webhook_id = webhook.id AND delivery.status = 'WAITING' AND delivery.next_try_at <= now()
      ORDER BY delivery.next_try_at
      LIMIT GREATEST(0, CASE WHEN webhook.failing_since IS NULL THEN ${AT_ONCE} ELSE 1 END - COALESCE(busy.tries, 0))
      FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE webhook.enabled ORDER BY webhook.failing_since NULLS FIRST LIMIT $3
  )
  UPDATE webhook_delivery AS delivery
  SET tries = delivery.tries + 1, last_tried_at = now(), next_try_at = now() + $4 * interval '1 millisecond'
  FROM due, webhook WHERE delivery.id = due.id AND webhook.id = delivery.webhook_id
  RETURNING delivery.id, delivery.webhook_id AS "webhookId", delivery.type, delivery.subject_id AS "subjectId",
    delivery.occurred_at AS "occurredAt", delivery.payload, delivery.tries, delivery.tries_before AS "triesBefore",
    webhook.url, array_remove(ARRAY[webhook.secret,
      CASE WHEN webhook.old_secret_until > now() THEN webhook.old_secret END], NULL) AS secrets`;

const KEEP_PAYLOADS = `UPDATE webhook_delivery SET payload = new.payload
  FROM unnest($1::uuid[], $2::text[]) AS new (id, payload)
  WHERE webhook_delivery.id = new.id AND webhook_delivery.payload IS NULL`;

const SETTLE = `UPDATE webhook_delivery SET status = $3::"WebhookDeliveryStatus", response_status = $4, response_body = $5,
    error = $6, duration_ms = $7, next_try_at = now() + $8 * interval '1 millisecond',
    delivered_at = CASE WHEN $3 = 'DELIVERED' THEN now() END
  WHERE id = $1 AND tries = $2 AND status = 'WAITING'`;

const GIVE_BACK = `UPDATE webhook_delivery SET tries = tries - 1, next_try_at = now()
  WHERE id = $1 AND tries = $2 AND status = 'WAITING'`;

/** For so long an endpoint may take nothing before it is switched off. */
const PATIENCE_DAYS = 5;

const WORKS = `UPDATE webhook SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL`;
const FAILS = `UPDATE webhook SET failing_since = COALESCE(failing_since, now()),
    enabled = COALESCE(failing_since >= now() - interval '${PATIENCE_DAYS} days', true),
    disabled_reason = CASE WHEN failing_since < now() - interval '${PATIENCE_DAYS} days'
      THEN 'FAILING' ELSE disabled_reason END
  WHERE id = $1 AND enabled`;
const GONE = `UPDATE webhook SET enabled = false,
    disabled_reason = 'GONE' WHERE id = $1 AND enabled`;

const SWEEP_AT_ONCE = 5000;
const SWEEP = `DELETE FROM webhook_delivery WHERE id IN (
    SELECT id FROM webhook_delivery WHERE created_at < now() - interval '30 days' LIMIT ${SWEEP_AT_ONCE})`;

/** The deliveries that wait, in the database that all processes share. */
export function createQueue(pool: Pool) {
  return {
    /** `busy`: how many tries of each webhook this process has under way. At most `limit`, for `leaseMs`. */
    async take(busy: ReadonlyMap<string, number>, limit: number, leaseMs: number): Promise<readonly Taken[]> {
      if (limit <= 0) return [];
      return (await pool.query<Taken>(TAKE, [[...busy.keys()], [...busy.values()], limit, leaseMs])).rows;
    },

    async keepPayloads(payloads: ReadonlyMap<string, string>): Promise<void> {
      if (payloads.size > 0) await pool.query(KEEP_PAYLOADS, [[...payloads.keys()], [...payloads.values()]]);
    },

    /** Changes nothing where the lease has run out and somebody else has tried meanwhile. */
    async settle({ id, tries }: Taken, outcome: Outcome): Promise<void> {
      const status =
        outcome.kind === "delivered" ? "DELIVERED" : outcome.waitMs === null ? "FAILED" : "WAITING";
      const { responseStatus, responseBody, error, durationMs, waitMs } = outcome;
      await pool.query(SETTLE, [id, tries, status, responseStatus, responseBody, error, durationMs, waitMs]);
    },

    /** What a success or a failure says about the webhook itself. */
    async judge(webhookId: WebhookId, kind: Exclude<Outcome["kind"], "erased">): Promise<void> {
      await pool.query({ delivered: WORKS, failed: FAILS, gone: GONE }[kind], [webhookId]);
    },

    /** A try that was broken off, as if it had not been begun. */
    async giveBack({ id, tries }: Taken): Promise<void> {
      await pool.query(GIVE_BACK, [id, tries]);
    },

    /** Forgets what is older than 30 days. */
    async sweep(): Promise<void> {
      for (;;) if (((await pool.query(SWEEP)).rowCount ?? 0) < SWEEP_AT_ONCE) return;
    },
  };
}

export type Queue = ReturnType<typeof createQueue>;

const OF_SOUND = `FROM webhook_delivery AS delivery JOIN webhook ON webhook.id = delivery.webhook_id
  WHERE delivery.status = 'WAITING' AND webhook.enabled`;

/** For metrics: how many wait to be delivered, and for how long the longest should have been tried, in seconds. */
export function createQueueReadings(pool: Pool) {
  const read = async (sql: string) => (await pool.query<{ value: number }>(sql)).rows[0]?.value ?? null;
  return {
    waiting: () => read(`SELECT count(*)::int AS value ${OF_SOUND}`),
    /** Of webhooks that do not fail: where they do, one waits for the other. */
    overdueSeconds: () =>
      read(`SELECT GREATEST(0, COALESCE(EXTRACT(epoch FROM now() - min(delivery.next_try_at)), 0))::float8 AS value
        ${OF_SOUND} AND webhook.failing_since IS NULL`),
  };
}
