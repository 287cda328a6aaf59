import type { ApiKeyId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import { ForbiddenError, NotFoundError, refusable, UnauthenticatedError } from "../../graphql/errors.ts";
import { globalId, readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";

const RevokeApiKeySuccess = builder
  .objectRef<{ id: ApiKeyId; revoked: boolean }>("RevokeApiKeySuccess")
  .implement({
    description: "There is no such key of the viewer's any more.",
    fields: (t) => ({
      id: t.id({ description: "The id that it had.", resolve: ({ id }) => globalId("ApiKey", id) }),
      revoked: t.exposeBoolean("revoked", {
        description: "Whether this ended it; false where it was none of the viewer's, or none any more.",
      }),
    }),
  });

const RevokeApiKeyResult = refusable("RevokeApiKeyResult", {
  description: "NotFoundError: this is not the id of a key.",
  success: RevokeApiKeySuccess,
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError],
});

builder.mutationField("revokeApiKey", (t) =>
  t.field({
    type: RevokeApiKeyResult,
    description:
      "Ends an API key of the viewer's, at once and on every server; only one that cannot reach the database goes on with what it\nlast knew, for 15 minutes at most. Revoking it again changes nothing and succeeds. Not for keys themselves.",
    authScopes: { user: true },
    args: { id: t.arg.id({ required: true, description: "The key's id." }) },
    resolve: async (_root, args, context) => {
      const id = readGlobalId("ApiKey", args.id);
      if (!id) throw new NotFoundError("There is no such API key.");
      return { id, revoked: await context.services.accounts.apiKeys.revoke(requireUser(context), id) };
    },
  }),
);
