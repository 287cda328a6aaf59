import { Viewer } from "../../account/graphql/index.ts";
import { readPageRequest } from "../../core/page.ts";
import { builder } from "../../graphql/builder.ts";
import { connection, pageArgs, pageComplexity } from "../../graphql/connections.ts";
import { requireUser } from "../../graphql/identity.ts";
import { SessionType } from "../../session/graphql/index.ts";
import { foundSessions } from "./foundSessions.ts";

const ViewerSessionsConnection = connection("ViewerSessionsConnection", SessionType);

builder.objectField(Viewer, "sessions", (t) =>
  t.field({
    type: ViewerSessionsConnection,
    description: "The sessions that the viewer opened, newest first.",
    args: pageArgs(t.arg),
    complexity: pageComplexity,
    authScopes: { can: ["READ_HISTORY", "RUN_SESSIONS"] },
    resolve: async (_identity, args, context) =>
      foundSessions(
        await context.services.history.sessionsOf(requireUser(context), readPageRequest(args, 1)),
        context,
      ),
  }),
);
