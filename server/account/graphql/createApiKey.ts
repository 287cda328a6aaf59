import { builder } from "../../graphql/builder.ts";
import { refusable, UnauthenticatedError, ValidationError } from "../../graphql/errors.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { ApiKey as ApiKeyShape } from "../index.ts";
import { ApiKey, ApiKeyScopeEnum } from "./apiKey.ts";

const CreateApiKeyInput = builder.inputType("CreateApiKeyInput", {
  description: "A new API key.",
  fields: (t) => ({
    name: t.string({ required: true, description: "What it is for, 1 to 80 characters." }),
    expiresAt: t.field({ type: "DateTime", description: "When it ends; without, it does not." }),
    scopes: t.field({
      type: [ApiKeyScopeEnum],
      description:
        "What it may be used for, one at least; without, for everything that a key can be used for.",
    }),
  }),
});

const CreateApiKeySuccess = builder
  .objectRef<{ key: string; apiKey: ApiKeyShape }>("CreateApiKeySuccess")
  .implement({
    description: "The key is made.",
    fields: (t) => ({
      key: t.exposeString("key", {
        description: "For `Authorization: Bearer <key>`. It is not shown again.",
      }),
      apiKey: t.expose("apiKey", { type: ApiKey, description: "The key as it is listed from now on." }),
    }),
  });

const CreateApiKeyResult = refusable("CreateApiKeyResult", {
  success: CreateApiKeySuccess,
  errors: [UnauthenticatedError, ValidationError],
});

builder.mutationField("createApiKey", (t) =>
  t.field({
    type: CreateApiKeyResult,
    description:
      "An API key for programs: shown once, stored hashed. A user has 50 at most; keys cannot make keys.",
    authScopes: { user: true },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: "The key." }) },
    resolve: (_root, { input }, context) =>
      context.services.accounts.apiKeys.create(requireUser(context), input),
  }),
);
