import { ForbiddenError, NotFoundError, UnauthenticatedError, ValidationError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { refusable } from "../../graphql/errors.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { SessionSnapshot } from "../domain/session.ts";
import { PacingEnum, ScoringEnum } from "./enums.ts";
import { SessionType } from "./session.ts";

const CreateSessionInput = builder.inputType("CreateSessionInput", {
  description: "A run of a quiz.",
  fields: (t) => ({
    quizId: t.id({ required: true, description: "A quiz of one's own, or a public one." }),
    pacing: t.field({ type: PacingEnum, defaultValue: "HOST_PACED", description: "Who sets the pace." }),
    scoring: t.field({ type: ScoringEnum, defaultValue: "CLASSIC", description: "How points are earned." }),
    closeWhenAllAnswered: t.boolean({
      defaultValue: false,
      description: "HOST_PACED: close a question as soon as every active player has answered it.",
    }),
  }),
});

const CreateSessionSuccess = builder
  .objectRef<{ session: SessionSnapshot }>("CreateSessionSuccess")
  .implement({
    description: "The lobby is open.",
    fields: (t) => ({ session: t.expose("session", { type: SessionType, description: "The new session." }) }),
  });

const CreateSessionResult = refusable("CreateSessionResult", {
  success: CreateSessionSuccess,
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError, ValidationError],
});

builder.mutationField("createSession", (t) =>
  t.field({
    type: CreateSessionResult,
    description: "Opens a lobby that players can join, and returns it with its code.",
    authScopes: { can: "RUN_SESSIONS" },
    args: {
      input: t.arg({ type: CreateSessionInput, required: true, description: "What to run, and how." }),
    },
    resolve: async (_root, { input }, context) => {
      const quizId = readGlobalId("Quiz", input.quizId);
      if (!quizId) throw new NotFoundError("There is no such quiz.");
      const session = await context.services.sessions.open(requireUser(context), {
        quizId,
        pacing: input.pacing ?? "HOST_PACED",
        scoring: input.scoring ?? "CLASSIC",
        closeWhenAllAnswered: input.closeWhenAllAnswered ?? false,
      });
      return { session };
    },
  }),
);
