import { readPageRequest } from "../../core/page.ts";
import { builder } from "../../graphql/builder.ts";
import { connection, countedConnection, pageArgs, pageComplexity } from "../../graphql/connections.ts";
import { requireUser } from "../../graphql/identity.ts";
import { AttemptType, isHost, SessionType } from "../../session/graphql/index.ts";
import { AttemptFilterInput, readFilter } from "./attemptFilter.ts";

/** An attempt's cursor: where it stands in the order, and its id. */
const CURSOR_KEYS = 2;

const AttemptOrderEnum = builder.enumType("AttemptOrder", {
  description: "How attempts are ordered; equal ones by id.",
  values: {
    JOINED_AT_DESC: { description: "Newest first.", value: "JOINED_AT_DESC" },
    JOINED_AT_ASC: { description: "Oldest first.", value: "JOINED_AT_ASC" },
    SCORE_DESC: { description: "Best first.", value: "SCORE_DESC" },
    SCORE_ASC: { description: "Lowest score first.", value: "SCORE_ASC" },
  } as const,
});

const QueryAttemptsConnection = countedConnection("QueryAttemptsConnection", AttemptType);
const SessionAttemptsConnection = connection("SessionAttemptsConnection", AttemptType);

builder.queryField("attempts", (t) =>
  t.field({
    type: QueryAttemptsConnection,
    description:
      "Historical results. A host sees the attempts of their own sessions, a signed-in learner their own.",
    authScopes: { can: "READ_HISTORY" },
    args: {
      ...pageArgs(t.arg),
      filter: t.arg({ type: AttemptFilterInput, description: "Which attempts." }),
      orderBy: t.arg({ type: AttemptOrderEnum, description: "Newest first unless told." }),
    },
    complexity: pageComplexity,
    resolve: (_root, args, context) =>
      context.services.history.attempts.visible(
        requireUser(context),
        readFilter(args.filter),
        args.orderBy ?? "JOINED_AT_DESC",
        readPageRequest(args, CURSOR_KEYS),
      ),
  }),
);

builder.objectField(SessionType, "attempts", (t) =>
  t.field({
    type: SessionAttemptsConnection,
    description: "Every attempt, in order of joining unless told. For the host only.",
    args: {
      ...pageArgs(t.arg),
      filter: t.arg({ type: AttemptFilterInput, description: "Which of the session's attempts." }),
      orderBy: t.arg({ type: AttemptOrderEnum, description: "In order of joining unless told." }),
    },
    complexity: pageComplexity,
    authScopes: ({ setup }, _args, context) => isHost(context, setup) && { can: "READ_HISTORY" },
    resolve: async ({ setup }, args, { services, loaders }) => {
      await loaders.saved.load(setup.id);
      return services.history.attempts.ofSession(
        setup.id,
        readPageRequest(args, CURSOR_KEYS),
        readFilter(args.filter),
        args.orderBy ?? "JOINED_AT_ASC",
      );
    },
  }),
);
