import { builder } from "./builder.ts";
import type { ServerFacts } from "./services.ts";

const ServerInfo = builder.objectRef<ServerFacts>("ServerInfo").implement({
  description: "About this server.",
  fields: (t) => ({
    publicUrl: t.exposeString("publicUrl", {
      description:
        "The address for players, without a slash at the end: PUBLIC_URL, or the machine's address in its local network.",
    }),
    version: t.exposeString("version", { description: "The version of the program." }),
  }),
});

builder.queryField("serverInfo", (t) =>
  t.field({
    type: ServerInfo,
    description: "Where players reach this server, and which version of the program it runs.",
    resolve: (_root, _args, { services }) => services.server,
  }),
);
