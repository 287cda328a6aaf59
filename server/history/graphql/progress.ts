import { builder } from "../../graphql/builder.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { ProgressPoint } from "../index.ts";

const ProgressPointType = builder.objectRef<ProgressPoint>("ProgressPoint").implement({
  description:
    "What a learner did in one step of time, over the attempts that they joined in it and finished.",
  fields: (t) => ({
    from: t.expose("from", { type: "DateTime", description: "When the step begins, UTC." }),
    attempts: t.exposeInt("attempts", { description: "How many attempts: n of `meanScore`." }),
    answers: t.exposeInt("answers", {
      description: "How many answers: n of `meanShare` and `meanElapsedMs`.",
    }),
    correct: t.exposeInt("correct", { description: "How many of them were entirely right." }),
    meanShare: t.exposeFloat("meanShare", {
      nullable: true,
      description: "Mean of the shares earned by the answers, 0 to 1; null without answers.",
    }),
    meanScore: t.exposeFloat("meanScore", { description: "Mean of the scores, in points." }),
    meanElapsedMs: t.exposeFloat("meanElapsedMs", {
      nullable: true,
      description: "Mean time of the answers; null without answers.",
    }),
  }),
});

const ProgressStepEnum = builder.enumType("ProgressStep", {
  description: "How time is divided, UTC.",
  values: {
    DAY: { description: "By days." },
    WEEK: { description: "By weeks, from Monday." },
    MONTH: { description: "By months." },
  } as const,
});

builder.queryField("learnerProgress", (t) =>
  t.field({
    type: [ProgressPointType],
    description:
      "A learner's progress over time, oldest first; steps without an attempt are left out. Of oneself: everything. Of others:\ntheir attempts in sessions that the viewer hosted.",
    authScopes: { can: "READ_HISTORY" },
    args: {
      userId: t.arg.id({ description: "The learner; the viewer unless told." }),
      quizId: t.arg.id({ description: "At this quiz only." }),
      step: t.arg({ type: ProgressStepEnum, defaultValue: "WEEK", description: "How time is divided." }),
    },
    resolve: async (_root, args, context) => {
      const viewer = requireUser(context);
      const learner = args.userId == null ? viewer : readGlobalId("User", args.userId);
      const quizId = args.quizId == null ? null : readGlobalId("Quiz", args.quizId);
      if (learner === null || (args.quizId != null && quizId === null)) return [];
      const hostId = learner === viewer ? null : viewer;
      return context.services.history.progress(learner, { hostId, quizId, step: args.step ?? "WEEK" });
    },
  }),
);
