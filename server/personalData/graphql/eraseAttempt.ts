import type { AttemptId } from "../../core/ids.ts";
import { UnavailableError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { ForbiddenError, NotFoundError, refusable, UnauthenticatedError } from "../../graphql/errors.ts";
import { globalId, readGlobalId } from "../../graphql/globalIds.ts";
import { isHost } from "../../session/graphql/index.ts";

const EraseAttemptSuccess = builder.objectRef<{ id: AttemptId }>("EraseAttemptSuccess").implement({
  description: "Nothing tells any more who played.",
  fields: (t) => ({
    attemptId: t.id({
      description: "The id of the attempt, which stays.",
      resolve: ({ id }) => globalId("Attempt", id),
    }),
  }),
});

const EraseAttemptResult = refusable("EraseAttemptResult", {
  success: EraseAttemptSuccess,
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError],
});

const NOT_SAVED = "Results are still being saved. Try again in a moment.";
const NO_ATTEMPT = "There is no such attempt.";

builder.mutationField("eraseAttempt", (t) =>
  t.field({
    type: EraseAttemptResult,
    description:
      "Takes the person out of an attempt in a session of the viewer's, for good: nickname and wrong typed texts are replaced, the link to an\naccount is cut; points and statistics stay right. Whoever still plays is removed from the session first. A leaderboard of a session\nthat ended within the hour may show the nickname until the hour is over. Doing it again changes nothing. Not for API keys.",
    authScopes: { user: true },
    args: {
      attemptId: t.arg.id({ required: true, description: "The attempt; only the session's host may." }),
    },
    resolve: async (_root, args, context) => {
      const { sessions, personalData } = context.services;
      const id = readGlobalId("Attempt", args.attemptId);
      const attempt = id && (await sessions.reader.anyAttempt(id));
      const known = attempt && (await sessions.reader.setupAndContent(attempt.record.sessionId));
      if (!known) throw new NotFoundError(NO_ATTEMPT);
      if (!isHost(context, known.setup))
        throw new ForbiddenError("Only the host of the session may do this.");
      // What is only in the live store yet would come later, and stay.
      if (!(await context.loaders.saved.load(known.setup.id))) throw new UnavailableError(NOT_SAVED);
      if (!(await personalData.eraseAttempt(attempt.record.id))) throw new NotFoundError(NO_ATTEMPT);
      return { id: attempt.record.id };
    },
  }),
);
