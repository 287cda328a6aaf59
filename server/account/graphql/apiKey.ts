import { builder } from "../../graphql/builder.ts";
import { refusable, UnauthenticatedError, ValidationError } from "../../graphql/errors.ts";
import { requireUser } from "../../graphql/identity.ts";

const CreateApiKeyInput = builder.inputType("CreateApiKeyInput", {
  description: "A new API key.",
  fields: (t) => ({
    name: t.string({ required: true, description: "What it is for, 1 to 80 characters." }),
    expiresAt: t.field({ type: "DateTime", description: "When it ends; without, it does not." }),
  }),
});

const CreateApiKeySuccess = builder.objectRef<{ key: string }>("CreateApiKeySuccess").implement({
  description: "The key is made.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "For `Authorization: Bearer <key>`. It is not shown again." }),
  }),
});

const CreateApiKeyResult = refusable("CreateApiKeyResult", {
  success: CreateApiKeySuccess,
  errors: [UnauthenticatedError, ValidationError],
});

builder.mutationField("createApiKey", (t) =>
  t.field({
    type: CreateApiKeyResult,
    description: "An API key for programs: shown once, stored hashed.",
    authScopes: { user: true },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: "The key." }) },
    resolve: async (_root, { input }, context) => ({
      key: await context.services.accounts.createApiKey(requireUser(context), input),
    }),
  }),
);
