import { builder } from "../../graphql/builder.ts";
import type { Identity } from "../../graphql/context.ts";
import { User } from "./user.ts";

/** Whoever is not anonymous. Other slices add what they know of the viewer by `builder.objectField(Viewer, …)`. */
export const Viewer = builder
  .objectRef<Exclude<Identity, { readonly kind: "anonymous" }>>("Viewer")
  .implement({
    description: "Who asks, by the token or cookie of the request.",
    fields: (t) => ({
      user: t.field({
        type: User,
        nullable: true,
        description: "The account that is signed in; null for a player's token.",
        resolve: (identity, _args, { loaders }) =>
          identity.kind === "user" ? loaders.user.load(identity.userId) : null,
      }),
    }),
  });

builder.queryField("viewer", (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    description: "Who asks; null without a valid token or cookie.",
    resolve: (_root, _args, { identity }) => (identity.kind === "anonymous" ? null : identity),
  }),
);
