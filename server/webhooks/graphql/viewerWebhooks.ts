import { Viewer } from "../../account/graphql/index.ts";
import { builder } from "../../graphql/builder.ts";
import { requireUser } from "../../graphql/identity.ts";
import { WebhookType } from "./webhook.ts";

builder.objectField(Viewer, "webhooks", (t) =>
  t.field({
    type: [WebhookType],
    description: "The viewer's webhooks, oldest first; ten at most. Not for API keys.",
    authScopes: { user: true },
    resolve: async (_identity, _args, context) => [
      ...(await context.services.webhooks.list(requireUser(context))),
    ],
  }),
);
