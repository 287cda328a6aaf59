import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import ErrorsPlugin from "@pothos/plugin-errors";
import RelayPlugin from "@pothos/plugin-relay";
import ScopeAuthPlugin, { type AuthFailure } from "@pothos/plugin-scope-auth";
import type { UserId } from "../core/ids.ts";
import { ForbiddenError } from "../core/refusals.ts";
import { complexityError, limitOf } from "./complexity.ts";
import type { Context } from "./context.ts";
import { DateTimeScalar } from "./dateTime.ts";
import { splitGlobalId } from "./globalIds.ts";
import { lacksScope, mayUse, type NeededScopes, unauthenticated } from "./identity.ts";

/** What Pothos knows of our types. */
interface Types {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | number };
  };
  /** What a field can ask of its caller; the `Identity` answers. */
  AuthScopes: {
    /** Signed in by cookie or token. No API key, whatever its scopes: they are for what names its scope by `can`. */
    user: boolean;
    /** Signed in, or an API key with this scope, or one of these. */
    can: NeededScopes;
    /** Carries the token of an attempt. */
    player: boolean;
    /** Is this user. */
    owner: UserId;
  };
}

/**
 * The one schema builder. Each slice registers its types where they are defined; `schema.ts` brings them together.
 *
 * The Prisma plugin is left out on purpose: resolvers ask use cases, which decide what is read and who may see it,
 * and a live session is not in PostgreSQL at all. Input rules are zod's, in the use cases, for every way in.
 *
 * The errors plugin stands first, so that it also turns the refusals of scope-auth into members of a union.
 */
export const builder = new SchemaBuilder<Types>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ identity }) => ({
      user: identity.kind === "user" && identity.via !== "api-key",
      can: (needed) => mayUse(identity, needed),
      player: identity.kind === "player",
      owner: (userId) => identity.kind === "user" && identity.userId === userId,
    }),
    unauthorizedError: (_parent, context, _info, { failure }) => {
      const { identity } = context;
      const asked = askedScope(failure);
      if (identity.kind === "user" && identity.via === "api-key") {
        if (asked?.scope === "can") return lacksScope(asked.parameter as NeededScopes);
        return new ForbiddenError(asked?.scope === "user" ? NOT_FOR_KEYS : undefined);
      }
      // A player who asks for what needs an account is not signed in, in the sense of that field.
      if (!asked && identity.kind !== "anonymous") return new ForbiddenError();
      return unauthenticated(context);
    },
  },
  relay: {
    idFieldOptions: { description: "The same for the same thing, everywhere and for ever." },
    nodeTypeOptions: { description: "A thing that can be asked for again by its id." },
    pageInfoTypeOptions: { description: "Where a page stands in its list." },
    hasNextPageFieldOptions: { description: "Whether there is more after this page." },
    hasPreviousPageFieldOptions: { description: "Whether there is something before this page." },
    startCursorFieldOptions: { description: "The cursor of the first edge; null on an empty page." },
    endCursorFieldOptions: {
      description: "The cursor of the last edge, for `after` of the next page; null on an empty page.",
    },
    // An id that is none of ours finds nothing, rather than failing.
    decodeGlobalID: (id) => splitGlobalId(id) ?? { typename: "", id: "" },
    nodesQueryOptions: false,
    nodeQueryOptions: {
      nullable: true,
      description: "Anything that has an id; null where there is none that the viewer may see.",
      args: { id: { description: "The id, as it was given by any other field." } },
      resolve: (_root, { id }, _context, _info, resolveNode) => (id.typename === "" ? null : resolveNode(id)),
    },
  },
  complexity: { limit: limitOf, defaultListMultiplier: 10, complexityError },
});

/** Our types as Pothos completes them, for helpers that take a ref. */
export type SchemaTypes = typeof builder.$inferSchemaTypes;

const NOT_FOR_KEYS = "API keys may not do this, whatever their scopes: sign in with email and password.";

/** What was asked of a signed-in user, or of their key; null where it was something else. */
function askedScope(
  failure: AuthFailure,
): { readonly scope: "user" | "can"; readonly parameter: unknown } | null {
  if ("failures" in failure) return failure.failures.map(askedScope).find((asked) => asked !== null) ?? null;
  if (!("parameter" in failure)) return null;
  const { scope, parameter } = failure;
  return scope === "user" || scope === "can" ? { scope, parameter } : null;
}

builder.addScalarType("DateTime", DateTimeScalar);

builder.queryType({ description: "What can be read." });
builder.mutationType({
  description: "What can be changed. Each returns its success, or why it was refused.",
});
builder.subscriptionType({ description: "What can be followed, over WebSocket or server-sent events." });
