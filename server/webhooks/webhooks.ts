import type { Pool } from "pg";
import { sortableId, type UserId } from "../core/ids.ts";
import { parseInput } from "../core/parseInput.ts";
import { NotFoundError, ValidationError } from "../core/refusals.ts";
import type { PrismaClient, Webhook as WebhookRow } from "../generated/prisma/client.ts";
import { createDeliveryPages, type Delivery, toDelivery } from "./deliveries.ts";
import type { Endpoints } from "./endpoints.ts";
import {
  type NewWebhook,
  newWebhookRules,
  WEBHOOK_LIMIT,
  type WebhookChange,
  webhookChangeRules,
} from "./rules.ts";
import { makeSecret, type SecretBox } from "./secrets.ts";
import { type DeliveryId, TEST_TYPE, toWebhook, type Webhook, type WebhookId } from "./webhook.ts";

export interface WebhooksParts {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  readonly secrets: SecretBox;
  readonly endpoints: Endpoints;
}

/** A webhook with its new secret, which is not shown again. */
export interface WithSecret {
  readonly webhook: Webhook;
  readonly secret: string;
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Programs have so long to learn the new secret, in milliseconds. */
const OVERLAP_MS = 24 * 60 * 60 * 1000;

// By the clock of the database, which says what is due.
const ADD_TEST = `INSERT INTO webhook_delivery (id, webhook_id, type, subject_id, occurred_at, next_try_at)
  VALUES ($1, $2, '${TEST_TYPE}', $1, now(), now())`;
const SEND_AGAIN = `UPDATE webhook_delivery SET status = 'WAITING', tries_before = tries, next_try_at = now(),
  delivered_at = NULL WHERE id = $1`;

/** What users do with their webhooks. Those of others are as if there were none. */
export function createWebhooks({ prisma, pool, secrets, endpoints }: WebhooksParts) {
  async function owned(id: WebhookId, userId: UserId): Promise<WebhookRow> {
    const row = await prisma.webhook.findFirst({ where: { id, userId } });
    if (!row) throw new NotFoundError("There is no such webhook.");
    return row;
  }

  async function mustBeAllowed(url: string): Promise<void> {
    const objection = await endpoints.objection(url);
    if (objection !== null) throw ValidationError.of(["url"], objection);
  }

  async function deliveryOf(id: string): Promise<Delivery> {
    return toDelivery(await prisma.webhookDelivery.findUniqueOrThrow({ where: { id } }));
  }

  return {
    /** Those of a user, oldest first. */
    async list(userId: UserId): Promise<readonly Webhook[]> {
      return (await prisma.webhook.findMany({ where: { userId }, orderBy: { id: "asc" } })).map(toWebhook);
    },

    async webhook(id: WebhookId, userId: UserId): Promise<Webhook | null> {
      const row = await prisma.webhook.findFirst({ where: { id, userId } });
      return row && toWebhook(row);
    },

    async delivery(id: DeliveryId, userId: UserId): Promise<Delivery | null> {
      const row = await prisma.webhookDelivery.findFirst({ where: { id, webhook: { userId } } });
      return row && toDelivery(row);
    },

    /** What was sent to a webhook lately, or is to be sent, newest first. */
    deliveries: createDeliveryPages(pool),

    /** @throws ValidationError */
    async create(input: NewWebhook, userId: UserId): Promise<WithSecret> {
      const draft = parseInput(newWebhookRules, input);
      await mustBeAllowed(draft.url);
      const secret = makeSecret();
      const row = await prisma.$transaction(async (tx) => {
        // One at a time for each user, or two at once could both be the last one.
        await tx.$queryRaw`SELECT FROM "user" WHERE id = ${userId} FOR NO KEY UPDATE`;
        if ((await tx.webhook.count({ where: { userId } })) >= WEBHOOK_LIMIT)
          throw ValidationError.of(
            [],
            `You have ${WEBHOOK_LIMIT} webhooks, which is the most: delete one first.`,
          );
        return tx.webhook.create({
          data: { ...draft, id: sortableId<"Webhook">(), userId, secret: secrets.seal(secret) },
        });
      });
      return { webhook: toWebhook(row), secret };
    },

    /** What is left out stays. A new address, and switching it on, forget its failures. @throws NotFoundError, ValidationError */
    async update(id: WebhookId, input: WebhookChange, userId: UserId): Promise<Webhook> {
      const before = await owned(id, userId);
      const { url, events, description, enabled } = parseInput(webhookChangeRules, input);
      if (url !== undefined) await mustBeAllowed(url);
      const isNew = (url !== undefined && url !== before.url) || enabled === true;
      const row = await prisma.webhook.update({
        where: { id },
        data: {
          ...(url !== undefined && { url }),
          ...(events !== undefined && { events }),
          ...(description !== undefined && { description }),
          ...(enabled !== undefined && { enabled, disabledReason: null }),
          ...(isNew && { failingSince: null }),
        },
      });
      return toWebhook(row);
    },

    /** With its deliveries. @throws NotFoundError */
    async remove(id: WebhookId, userId: UserId): Promise<void> {
      await owned(id, userId);
      await prisma.webhook.deleteMany({ where: { id, userId } });
    },

    /** The old secret signs, too, for a day. @throws NotFoundError */
    async rotateSecret(id: WebhookId, userId: UserId): Promise<WithSecret> {
      const { secret: oldSecret } = await owned(id, userId);
      const secret = makeSecret();
      const oldSecretUntil = new Date(Date.now() + OVERLAP_MS);
      const row = await prisma.webhook.update({
        where: { id },
        data: { secret: secrets.seal(secret), oldSecret, oldSecretUntil },
      });
      return { webhook: toWebhook(row), secret };
    },

    /** A message that tells of nothing, tried once. @throws NotFoundError, ValidationError */
    async sendTest(webhookId: WebhookId, userId: UserId): Promise<Delivery> {
      mustBeOn(await owned(webhookId, userId));
      const id = sortableId<"WebhookDelivery">();
      await pool.query(ADD_TEST, [id, webhookId]);
      return deliveryOf(id);
    },

    /** The same message again, with all its tries; one that waits is tried at once. @throws NotFoundError, ValidationError */
    async resend(id: DeliveryId, userId: UserId): Promise<Delivery> {
      const row = await prisma.webhookDelivery.findFirst({
        where: { id, webhook: { userId } },
        include: { webhook: true },
      });
      if (!row) throw new NotFoundError("There is no such delivery.");
      mustBeOn(row.webhook);
      await pool.query(SEND_AGAIN, [id]);
      return deliveryOf(id);
    },
  };
}

function mustBeOn({ enabled }: WebhookRow): void {
  if (!enabled) throw ValidationError.of([], "The webhook is switched off: switch it on first.");
}
