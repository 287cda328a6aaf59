import type { SessionId } from "../../core/ids.ts";
import { ForbiddenError, NotFoundError, UnauthenticatedError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import type { Context } from "../../graphql/context.ts";
import { refusable } from "../../graphql/errors.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { SessionSnapshot } from "../domain/session.ts";
import type { Command } from "../store/liveStore.ts";
import { SessionStateError } from "./errors.ts";
import { SessionType } from "./session.ts";

const SessionSuccess = builder.objectRef<{ session: SessionSnapshot }>("SessionSuccess").implement({
  description: "The command is carried out, or had been before.",
  fields: (t) => ({
    session: t.expose("session", { type: SessionType, description: "The session after it." }),
  }),
});

const SessionResult = refusable("SessionResult", {
  success: SessionSuccess,
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError, SessionStateError],
});

const NO_SESSION = "There is no such session.";

async function run(context: Context, sessionId: SessionId | null, command: Command) {
  const userId = requireUser(context);
  if (!sessionId) throw new NotFoundError(NO_SESSION);
  const outcome = await context.services.sessions.run(userId, sessionId, command);
  switch (outcome.kind) {
    case "ok":
      return { session: outcome.session };
    case "refused":
      throw new SessionStateError(outcome.state);
    case "forbidden":
      throw new ForbiddenError("Only the host of the session may do this.");
    case "not-found":
      throw new NotFoundError(NO_SESSION);
  }
}

const SIMPLE_COMMANDS = {
  startSession: {
    kind: "start",
    description: "HOST_PACED: opens the first question. SELF_PACED: lets every player begin.",
  },
  closeQuestion: {
    kind: "close",
    description:
      "Closes the open question before its deadline. Closing a closed question, or finishing a finished session, changes nothing and succeeds.",
  },
  finishSession: {
    kind: "finish",
    description: "Ends the session. Finishing a finished session changes nothing and succeeds.",
  },
} as const;

for (const [name, { kind, description }] of Object.entries(SIMPLE_COMMANDS)) {
  builder.mutationField(name, (t) =>
    t.field({
      type: SessionResult,
      description,
      authScopes: { can: "RUN_SESSIONS" },
      args: { sessionId: t.arg.id({ required: true, description: "The session; only its host may." }) },
      resolve: (_root, { sessionId }, context) => run(context, readGlobalId("Session", sessionId), { kind }),
    }),
  );
}

builder.mutationField("nextQuestion", (t) =>
  t.field({
    type: SessionResult,
    description:
      "Closes the open question, if any, and opens the next; after the last one, finishes. With `after`: only if that is\nthe current question, so that a double click moves one step.",
    authScopes: { can: "RUN_SESSIONS" },
    args: {
      sessionId: t.arg.id({ required: true, description: "The session; only its host may." }),
      after: t.arg.id({ description: "The question that the host sees as the current one." }),
    },
    resolve: (_root, { sessionId, after }, context) => {
      const id = readGlobalId("Session", sessionId);
      if (after === null || after === undefined) return run(context, id, { kind: "next", after: null });
      const current = readGlobalId("Question", after);
      if (!current) throw new NotFoundError("`after` is not the id of a question.");
      return run(context, id, { kind: "next", after: current });
    },
  }),
);

builder.mutationField("removePlayer", (t) =>
  t.field({
    type: SessionResult,
    description: "Takes a player out of the session: off the leaderboard, and no more answers.",
    authScopes: { can: "RUN_SESSIONS" },
    args: {
      attemptId: t.arg.id({ required: true, description: "The player's attempt; only the host may." }),
    },
    resolve: async (_root, args, context) => {
      requireUser(context);
      const attemptId = readGlobalId("Attempt", args.attemptId);
      const attempt = attemptId && (await context.services.sessions.reader.anyAttempt(attemptId));
      if (!attempt) throw new NotFoundError("There is no such player.");
      return run(context, attempt.record.sessionId, { kind: "remove", attemptId: attempt.record.id });
    },
  }),
);
