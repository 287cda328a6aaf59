import { readId } from "../../core/ids.ts";
import { readPageRequest } from "../../core/page.ts";
import { builder } from "../../graphql/builder.ts";
import { connection, pageArgs, pageComplexity } from "../../graphql/connections.ts";
import { DELIVERY_CURSOR_KEYS, type Webhook } from "../index.ts";
import { DeliveryType } from "./delivery.ts";

export const WebhookEventEnum = builder.enumType("WebhookEvent", {
  description: "What a webhook can be told of.",
  values: {
    SESSION_FINISHED: {
      value: "session.finished",
      description:
        "A session that the owner hosts is over: `session.finished`, with the top of its leaderboard.",
    },
    ATTEMPT_FINISHED: {
      value: "attempt.finished",
      description:
        "A player of such a session is through, or the session is over for them: `attempt.finished`, with their result.",
    },
  } as const,
});

const DisabledReasonEnum = builder.enumType("WebhookDisabledReason", {
  description: "Why the server switches a webhook off by itself.",
  values: {
    GONE: { description: "It answered 410 Gone: it does not want to be told any more." },
    FAILING: { description: "It has taken no message for five days." },
  } as const,
});

const WebhookDeliveriesConnection = connection("WebhookDeliveriesConnection", DeliveryType);

export const WebhookType = builder.node(builder.objectRef<Webhook>("Webhook"), {
  description:
    "Where the viewer's programs are told of what happened: by POST, signed as Standard Webhooks says, and again until it is taken.",
  id: { resolve: ({ id }) => id, description: "The same for the same thing, everywhere and for ever." },
  loadOne: (id, { identity, services }) => {
    const webhookId = readId<"Webhook">(id);
    const signedIn = identity.kind === "user" && identity.via !== "api-key";
    return webhookId && signedIn ? services.webhooks.webhook(webhookId, identity.userId) : null;
  },
  fields: (t) => ({
    url: t.exposeString("url", { description: "Where messages are posted to." }),
    events: t.field({
      type: [WebhookEventEnum],
      description: "What it is told of.",
      resolve: ({ events }) => [...events],
    }),
    description: t.exposeString("description", { nullable: true, description: "What it is for." }),
    enabled: t.exposeBoolean("enabled", {
      description:
        "Whether messages are written and sent; those that wait while it is off are sent when it is on again.",
    }),
    disabledReason: t.expose("disabledReason", {
      type: DisabledReasonEnum,
      nullable: true,
      description: "Why the server has switched it off by itself; null where it has not.",
    }),
    failingSince: t.expose("failingSince", {
      type: "DateTime",
      nullable: true,
      description: "Since when no message has got through; null while they do.",
    }),
    oldSecretUntil: t.expose("oldSecretUntil", {
      type: "DateTime",
      nullable: true,
      description: "How long the secret before this one signs, too; null where there was none.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    deliveries: t.field({
      type: WebhookDeliveriesConnection,
      description: "Its messages of the last 30 days, newest first.",
      args: pageArgs(t.arg),
      complexity: pageComplexity,
      resolve: ({ id }, args, { services }) =>
        services.webhooks.deliveries(id, readPageRequest(args, DELIVERY_CURSOR_KEYS)),
    }),
  }),
});
