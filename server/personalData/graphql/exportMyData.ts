import { builder } from "../../graphql/builder.ts";
import { requireUser, unauthenticated } from "../../graphql/identity.ts";
import type { PersonalData } from "../index.ts";

/** It reads everything of a person: as much as a few thousand fields. */
const COST = 5_000;

const DataExport = builder.objectRef<PersonalData>("DataExport").implement({
  description: "Everything that is known of a person.",
  fields: (t) => ({
    exportedAt: t.expose("exportedAt", { type: "DateTime", description: "When it was read." }),
    json: t.string({
      description:
        "A JSON text: the account, its sign-ins and keys (without the keys themselves), quizzes, sessions hosted, and attempts with\ntheir answers, in words.",
      resolve: (data) => JSON.stringify(data, null, 2),
    }),
  }),
});

builder.queryField("exportMyData", (t) =>
  t.field({
    type: DataExport,
    description:
      "Everything that is known of the viewer, to take away. Not for API keys. Of more than 5,000 attempts, it is for whoever runs the\nserver: `npm run account -- export`.",
    authScopes: { user: true },
    complexity: COST,
    resolve: async (_root, _args, context) => {
      const data = await context.services.personalData.export(requireUser(context));
      if (!data) throw unauthenticated(context);
      return data;
    },
  }),
);
