import { builder } from "../../graphql/builder.ts";
import {
  ForbiddenError,
  NotFoundError,
  refusable,
  UnauthenticatedError,
  ValidationError,
} from "../../graphql/errors.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { Delivery } from "../index.ts";
import { webhookId } from "./changeWebhooks.ts";
import { DeliveryType } from "./delivery.ts";

const toBeSent = (name: string, description: string) =>
  builder.objectRef<{ delivery: Delivery }>(name).implement({
    description,
    fields: (t) => ({
      delivery: t.expose("delivery", {
        type: DeliveryType,
        description:
          "The message, which is sent within a second or so: ask for it again to see what became of it.",
      }),
    }),
  });

const errors = [UnauthenticatedError, ForbiddenError, NotFoundError, ValidationError];
const SWITCHED_OFF = "ValidationError: the webhook is switched off.";

const SendTestEventResult = refusable("SendTestEventResult", {
  description: SWITCHED_OFF,
  success: toBeSent("SendTestEventSuccess", "The test is on its way."),
  errors,
});

const ResendWebhookDeliveryResult = refusable("ResendWebhookDeliveryResult", {
  description: SWITCHED_OFF,
  success: toBeSent("ResendWebhookDeliverySuccess", "The message is on its way again."),
  errors,
});

builder.mutationFields((t) => ({
  sendTestEvent: t.field({
    type: SendTestEventResult,
    description: "Sends a webhook a message of the type `webhook.test`, once. Not for API keys.",
    authScopes: { user: true },
    args: { webhookId: t.arg.id({ required: true, description: "The webhook's id." }) },
    resolve: async (_root, args, context) => ({
      delivery: await context.services.webhooks.sendTest(webhookId(args.webhookId), requireUser(context)),
    }),
  }),
  resendWebhookDelivery: t.field({
    type: ResendWebhookDeliveryResult,
    description:
      "Sends a message again, whatever became of it: the same body under the same `webhook-id`, with all its tries.\nNot for API keys.",
    authScopes: { user: true },
    args: { id: t.arg.id({ required: true, description: "The delivery's id." }) },
    resolve: async (_root, args, context) => {
      const id = readGlobalId("WebhookDelivery", args.id);
      if (!id) throw new NotFoundError("There is no such delivery.");
      return { delivery: await context.services.webhooks.resend(id, requireUser(context)) };
    },
  }),
}));
