import { builder } from "../../graphql/builder.ts";
import {
  ForbiddenError,
  NotFoundError,
  refusable,
  UnauthenticatedError,
  ValidationError,
} from "../../graphql/errors.ts";
import { globalId, readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { Webhook, WebhookId, WithSecret } from "../index.ts";
import { WebhookEventEnum, WebhookType } from "./webhook.ts";

const CreateWebhookInput = builder.inputType("CreateWebhookInput", {
  description: "A new webhook.",
  fields: (t) => ({
    url: t.string({
      required: true,
      description: "Where to post to: https, port 443 or from 1024 on, and not in a private network.",
    }),
    events: t.field({
      type: [WebhookEventEnum],
      required: true,
      description: "What it is told of, one at least.",
    }),
    description: t.string({ description: "What it is for, at most 200 characters." }),
  }),
});

const UpdateWebhookInput = builder.inputType("UpdateWebhookInput", {
  description: "What is to change; what is left out, or null, stays as it is.",
  fields: (t) => ({
    url: t.string({ description: "Where to post to, from the next try on." }),
    events: t.field({ type: [WebhookEventEnum], description: "What it is told of, one at least." }),
    description: t.string({ description: "What it is for; empty for nothing." }),
    enabled: t.boolean({ description: "Whether messages are written and sent." }),
  }),
});

const withSecret = (name: string, description: string) =>
  builder.objectRef<WithSecret>(name).implement({
    description,
    fields: (t) => ({
      webhook: t.expose("webhook", { type: WebhookType, description: "The webhook as it is now." }),
      secret: t.exposeString("secret", {
        description:
          "What its messages are signed with, for the receiver to check them: `whsec_…`. It is not shown again.",
      }),
    }),
  });

const CreateWebhookResult = refusable("CreateWebhookResult", {
  success: withSecret("CreateWebhookSuccess", "The webhook is made, and on."),
  errors: [UnauthenticatedError, ForbiddenError, ValidationError],
});

const UpdateWebhookResult = refusable("UpdateWebhookResult", {
  success: builder.objectRef<{ webhook: Webhook }>("UpdateWebhookSuccess").implement({
    description: "The webhook is changed.",
    fields: (t) => ({
      webhook: t.expose("webhook", { type: WebhookType, description: "The webhook as it is now." }),
    }),
  }),
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError, ValidationError],
});

const RotateWebhookSecretResult = refusable("RotateWebhookSecretResult", {
  success: withSecret("RotateWebhookSecretSuccess", "The webhook has a new secret."),
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError],
});

const DeleteWebhookResult = refusable("DeleteWebhookResult", {
  success: builder.objectRef<{ id: WebhookId }>("DeleteWebhookSuccess").implement({
    description: "The webhook is gone, with its deliveries.",
    fields: (t) => ({
      id: t.id({ description: "The id that it had.", resolve: ({ id }) => globalId("Webhook", id) }),
    }),
  }),
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError],
});

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: CreateWebhookResult,
    description: "Makes a webhook. A user has ten at most. Not for API keys.",
    authScopes: { user: true },
    args: { input: t.arg({ type: CreateWebhookInput, required: true, description: "The webhook." }) },
    resolve: (_root, { input }, context) => context.services.webhooks.create(input, requireUser(context)),
  }),
  updateWebhook: t.field({
    type: UpdateWebhookResult,
    description: "Changes a webhook of the viewer's, or switches it on or off. Not for API keys.",
    authScopes: { user: true },
    args: {
      id: t.arg.id({ required: true, description: "The webhook's id." }),
      input: t.arg({ type: UpdateWebhookInput, required: true, description: "What is to change." }),
    },
    resolve: async (_root, { id, input }, context) => {
      const { url, events, description, enabled } = input;
      const change = {
        ...(url != null && { url }),
        ...(events != null && { events }),
        ...(description != null && { description }),
        ...(enabled != null && { enabled }),
      };
      return { webhook: await context.services.webhooks.update(webhookId(id), change, requireUser(context)) };
    },
  }),
  rotateWebhookSecret: t.field({
    type: RotateWebhookSecretResult,
    description:
      "Gives a webhook a new secret. For 24 hours its messages carry both signatures, so that receivers can change over.\nNot for API keys.",
    authScopes: { user: true },
    args: { id: t.arg.id({ required: true, description: "The webhook's id." }) },
    resolve: (_root, { id }, context) =>
      context.services.webhooks.rotateSecret(webhookId(id), requireUser(context)),
  }),
  deleteWebhook: t.field({
    type: DeleteWebhookResult,
    description: "Deletes a webhook of the viewer's; what waits is not sent any more. Not for API keys.",
    authScopes: { user: true },
    args: { id: t.arg.id({ required: true, description: "The webhook's id." }) },
    resolve: async (_root, args, context) => {
      const id = webhookId(args.id);
      await context.services.webhooks.remove(id, requireUser(context));
      return { id };
    },
  }),
}));

/** @throws NotFoundError where it cannot be a webhook's id */
export function webhookId(text: string): WebhookId {
  const id = readGlobalId("Webhook", text);
  if (!id) throw new NotFoundError("There is no such webhook.");
  return id;
}
