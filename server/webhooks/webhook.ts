import type { Id, UserId } from "../core/ids.ts";
import type { Webhook as WebhookRow } from "../generated/prisma/client.ts";

export type WebhookId = Id<"Webhook">;
export type DeliveryId = Id<"WebhookDelivery">;

/** What a webhook can be told of: the `type` of its messages. */
export const WEBHOOK_EVENTS = ["session.finished", "attempt.finished"] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The type of a message that its owner asked for, to see whether it arrives. */
export const TEST_TYPE = "webhook.test";

/** "GONE": it answered 410. "FAILING": it has taken nothing for five days. */
export const DISABLED_REASONS = ["GONE", "FAILING"] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** Where a user's programs are told of what happened. */
export interface Webhook {
  readonly id: WebhookId;
  readonly userId: UserId;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description: string | null;
  readonly enabled: boolean;
  /** Why the program has switched it off by itself; null where its owner did, and while it is on. */
  readonly disabledReason: DisabledReason | null;
  /** Since when nothing has been taken; null while all is well. */
  readonly failingSince: Date | null;
  /** How long the secret before this one signs, too. */
  readonly oldSecretUntil: Date | null;
  readonly createdAt: Date;
}

/** A row without its secrets. */
export function toWebhook(row: WebhookRow): Webhook {
  const { secret: _secret, oldSecret: _oldSecret, ...rest } = row;
  return {
    ...rest,
    id: row.id as WebhookId,
    userId: row.userId as UserId,
    disabledReason: DISABLED_REASONS.find((reason) => reason === row.disabledReason) ?? null,
    events: WEBHOOK_EVENTS.filter((event) => row.events.includes(event)),
  };
}
