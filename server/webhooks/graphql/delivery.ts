import { readId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import { type Delivery, messageIdOf } from "../index.ts";

const DeliveryStatusEnum = builder.enumType("WebhookDeliveryStatus", {
  description: "How far a message has come.",
  values: {
    WAITING: { description: "It is to be tried, for the first time or again." },
    DELIVERED: { description: "The endpoint has taken it: it answered with a status from 200 to 299." },
    FAILED: { description: "The last try has failed; it is sent again when its owner asks for that." },
  } as const,
});

export const DeliveryType = builder.node(builder.objectRef<Delivery>("WebhookDelivery"), {
  description: "One message to one webhook, and what became of it. Kept for 30 days.",
  id: { resolve: ({ id }) => id, description: "The same for the same thing, everywhere and for ever." },
  loadOne: (id, { identity, services }) => {
    const deliveryId = readId<"WebhookDelivery">(id);
    const signedIn = identity.kind === "user" && identity.via !== "api-key";
    return deliveryId && signedIn ? services.webhooks.delivery(deliveryId, identity.userId) : null;
  },
  fields: (t) => ({
    messageId: t.string({
      description: "Its header `webhook-id`: the same for every try, and when it is sent again.",
      resolve: ({ id }) => messageIdOf(id),
    }),
    type: t.exposeString("type", {
      description: "What it tells of: `session.finished`, `attempt.finished`, or `webhook.test`.",
    }),
    status: t.expose("status", { type: DeliveryStatusEnum, description: "How far it has come." }),
    attempts: t.exposeInt("tries", { description: "How often it was tried." }),
    nextTryAt: t.expose("nextTryAt", {
      type: "DateTime",
      nullable: true,
      description: "When it is tried next, while it waits; null otherwise.",
    }),
    lastTriedAt: t.expose("lastTriedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was last tried.",
    }),
    deliveredAt: t.expose("deliveredAt", {
      type: "DateTime",
      nullable: true,
      description: "When the endpoint took it.",
    }),
    responseStatus: t.exposeInt("responseStatus", {
      nullable: true,
      description: "The HTTP status of the last answer; null where none came.",
    }),
    responseBody: t.exposeString("responseBody", {
      nullable: true,
      description: "The beginning of the last answer's body, 1 kB of it.",
    }),
    error: t.exposeString("error", {
      nullable: true,
      description: "Why the last try failed; null where it did not.",
    }),
    durationMs: t.exposeInt("durationMs", {
      nullable: true,
      description: "How long the last try took, in milliseconds.",
    }),
    payload: t.exposeString("payload", {
      nullable: true,
      description:
        "The JSON that is sent, byte for byte what is signed; null until it is composed for the first try.",
    }),
    occurredAt: t.expose("occurredAt", {
      type: "DateTime",
      description: "When that happened which it tells of.",
    }),
    createdAt: t.expose("createdAt", {
      type: "DateTime",
      description: "When it was written down to be sent.",
    }),
  }),
});
