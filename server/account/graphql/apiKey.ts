import { readId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import type { ApiKey as ApiKeyShape } from "../index.ts";
import { Viewer } from "./viewer.ts";

export const ApiKeyScopeEnum = builder.enumType("ApiKeyScope", {
  description: "What a program may do with a key. Whatever else needs an account needs a full sign-in.",
  values: {
    READ_HISTORY: { description: "Read sessions, attempts, answers, statistics and exports." },
    MANAGE_QUIZZES: { description: "Make, change, copy and delete quizzes, and read their solutions." },
    RUN_SESSIONS: { description: "Open and run sessions, take players out, and play in them." },
  } as const,
});

const ApiKeyRef = builder.objectRef<ApiKeyShape>("ApiKey");

export const ApiKey = builder.node(ApiKeyRef, {
  description:
    "A key that lets a program act for the user who made it. The key itself is shown once, when it is made.",
  id: { resolve: (key) => key.id, description: "The same for the same thing, everywhere and for ever." },
  loadOne: (id, { identity, services }) => {
    const keyId = readId<"ApiKey">(id);
    if (keyId === null || identity.kind !== "user" || identity.via === "api-key") return null;
    return services.accounts.apiKeys.byId(identity.userId, keyId);
  },
  fields: (t) => ({
    name: t.exposeString("name", { description: "What it is for." }),
    start: t.exposeString("start", { description: "Its first characters, to know it by." }),
    scopes: t.field({
      type: [ApiKeyScopeEnum],
      description: "What it may be used for.",
      resolve: ({ scopes }) => [...scopes],
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      nullable: true,
      description: "When it ends, or ended; null for one that does not.",
    }),
    lastUsedAt: t.expose("lastUsedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was last used, to the minute; null where it never was.",
    }),
  }),
});

builder.objectField(Viewer, "apiKeys", (t) =>
  t.field({
    type: [ApiKey],
    description:
      "The viewer's API keys, 50 at most, newest first; not for keys themselves. One that has run out stays for a while.",
    authScopes: { user: true },
    resolve: (identity, _args, { services }) =>
      identity.kind === "user" ? services.accounts.apiKeys.ofUser(identity.userId) : [],
  }),
);
