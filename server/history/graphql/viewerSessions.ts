import { Viewer } from "../../account/graphql/index.ts";
import { type Page, readPageRequest } from "../../core/page.ts";
import { builder } from "../../graphql/builder.ts";
import { connection, pageArgs, pageComplexity } from "../../graphql/connections.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { SessionSnapshot } from "../../session/domain/session.ts";
import { SessionType } from "../../session/graphql/index.ts";

const ViewerSessionsConnection = connection("ViewerSessionsConnection", SessionType);

builder.objectField(Viewer, "sessions", (t) =>
  t.field({
    type: ViewerSessionsConnection,
    description: "The sessions that the viewer opened, newest first.",
    args: pageArgs(t.arg),
    complexity: pageComplexity,
    authScopes: { user: true },
    resolve: async (_identity, args, context): Promise<Page<SessionSnapshot>> => {
      const { history, sessions } = context.services;
      const page = await history.sessionsOf(requireUser(context), readPageRequest(args, 1));
      const edges = await Promise.all(
        page.edges.map(async ({ cursor, node }) => ({ cursor, node: await sessions.reader.byId(node) })),
      );
      return { ...page, edges: edges.flatMap(({ cursor, node }) => (node ? [{ cursor, node }] : [])) };
    },
  }),
);
