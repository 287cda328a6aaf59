import DataLoader from "dataloader";
import type { Pool } from "pg";
import { dateKey, idKey, type Page, type PageRequest, pageOf } from "../core/page.ts";
import type { WebhookDelivery as DeliveryRow } from "../generated/prisma/client.ts";
import type { DeliveryId, WebhookId } from "./webhook.ts";

/** One message to one webhook, and what became of it. */
export interface Delivery extends Omit<DeliveryRow, "id" | "webhookId"> {
  readonly id: DeliveryId;
  readonly webhookId: WebhookId;
}

export const toDelivery = (row: DeliveryRow): Delivery => ({
  ...row,
  id: row.id as DeliveryId,
  webhookId: row.webhookId as WebhookId,
});

/** A delivery's cursor: when it was written, and its id. */
export const DELIVERY_CURSOR_KEYS = 2;

const COLUMNS = `page.id, page.webhook_id AS "webhookId", page.type, page.subject_id AS "subjectId",
  page.occurred_at AS "occurredAt", page.payload, page.status, page.tries, page.tries_before AS "triesBefore",
  page.next_try_at AS "nextTryAt", page.last_tried_at AS "lastTriedAt", page.delivered_at AS "deliveredAt",
  page.response_status AS "responseStatus", page.response_body AS "responseBody", page.error,
  page.duration_ms AS "durationMs", page.created_at AS "createdAt"`;

const PAGES = `SELECT wanted.place::int AS place, ${COLUMNS}
  FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::uuid[]) WITH ORDINALITY
    AS wanted (webhook_id, length, before, before_id, place)
  CROSS JOIN LATERAL (
    SELECT * FROM webhook_delivery AS delivery WHERE delivery.webhook_id = wanted.webhook_id
      AND (wanted.before IS NULL OR (delivery.created_at, delivery.id) < (wanted.before, wanted.before_id))
    ORDER BY delivery.created_at DESC, delivery.id DESC LIMIT wanted.length
  ) AS page ORDER BY place, page.created_at DESC, page.id DESC`;

interface Asked {
  readonly id: WebhookId;
  readonly request: PageRequest;
}

/** Pages of a webhook's deliveries, newest first. Those of several webhooks are read together. */
export function createDeliveryPages(pool: Pool) {
  const pages = new DataLoader<Asked, Page<Delivery>>(
    async (asked) => {
      const keys = asked.map(({ request: { after } }) =>
        after ? { before: dateKey(after[0]), id: idKey(after[1]) } : { before: null, id: null },
      );
      const { rows } = await pool.query<DeliveryRow & { readonly place: number }>(PAGES, [
        asked.map(({ id }) => id),
        asked.map(({ request }) => request.first + 1),
        keys.map(({ before }) => before),
        keys.map(({ id }) => id),
      ]);
      return asked.map(({ request }, index) =>
        pageOf(
          request,
          rows.filter(({ place }) => place === index + 1),
          (row) => [row.createdAt.toISOString(), row.id],
          ({ place: _place, ...row }) => toDelivery(row),
        ),
      );
    },
    { cache: false },
  );
  return (id: WebhookId, request: PageRequest): Promise<Page<Delivery>> => pages.load({ id, request });
}
