import { Viewer } from "../../account/graphql/index.ts";
import { builder } from "../../graphql/builder.ts";
import { AttemptType } from "./attempt.ts";
import { isHost } from "./viewing.ts";

builder.objectField(Viewer, "attempt", (t) =>
  t.field({
    type: AttemptType,
    nullable: true,
    description: "The attempt that a player's token binds; null for an account.",
    resolve: (identity, _args, { services }) =>
      identity.kind === "player"
        ? services.sessions.reader.attempt(identity.sessionId, identity.attemptId)
        : null,
  }),
);

builder.objectField(Viewer, "hosts", (t) =>
  t.boolean({
    description: "Whether the viewer is the host of the session that has this code.",
    args: { code: t.arg.string({ required: true, description: "The six digits." }) },
    resolve: async (_identity, { code }, context) => {
      const session = await context.services.sessions.reader.byCode(code.trim());
      return session !== null && isHost(context, session.setup);
    },
  }),
);
