import { User, Viewer } from "../../account/graphql/index.ts";
import { ValidationError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { requireUser } from "../../graphql/identity.ts";
import { Quiz } from "../../quiz/graphql/index.ts";
import { type Leader, weekOf } from "../index.ts";

const LeaderType = builder.objectRef<Leader>("Leader").implement({
  description: "A learner among the best of many sessions.",
  fields: (t) => ({
    rank: t.exposeInt("rank", { description: "From 1; equal scores share a rank." }),
    nickname: t.exposeString("nickname", { description: "The newest nickname of the learner." }),
    user: t.field({
      type: User,
      nullable: true,
      description: "Their account; null for an attempt without one, which stands for itself.",
      resolve: ({ userId }, _args, { loaders }) => (userId === null ? null : loaders.user.load(userId)),
    }),
    score: t.exposeFloat("score", { description: "In points: what the list compares." }),
    attempts: t.exposeInt("attempts", { description: "How many finished attempts of theirs are counted." }),
  }),
});

const LeaderFigureEnum = builder.enumType("LeaderFigure", {
  description: "What learners are compared by.",
  values: {
    BEST: { description: "The score of their best attempt." },
    SUM: { description: "The sum of the scores of all their attempts." },
  } as const,
});

const LeaderPeriod = builder.enumType("LeaderPeriod", {
  description: "Which attempts count, by when they joined.",
  values: {
    ALL_TIME: { description: "All." },
    WEEK: { description: "Those of one week, Monday to Sunday, UTC." },
  } as const,
});

const MOST = 1000;

const first = (value: number | null | undefined) => {
  const asked = value ?? 10;
  if (asked < 1 || asked > MOST) throw ValidationError.of(["first"], `first must be from 1 to ${MOST}.`);
  return asked;
};

const PERIOD = "Which attempts count.";
const WEEK = "A moment of the week that is meant; now unless told.";

const weekFor = (period: "ALL_TIME" | "WEEK" | null | undefined, week: Date | null | undefined) =>
  period === "WEEK" ? weekOf(week ?? new Date()) : null;

builder.objectField(Quiz, "leaders", (t) =>
  t.field({
    type: [LeaderType],
    description: "The best learners at the quiz, of the sessions that the viewer hosted, best first.",
    authScopes: { can: "READ_HISTORY" },
    args: {
      period: t.arg({ type: LeaderPeriod, defaultValue: "ALL_TIME", description: PERIOD }),
      week: t.arg({ type: "DateTime", description: WEEK }),
      by: t.arg({ type: LeaderFigureEnum, defaultValue: "BEST", description: "What is compared." }),
      first: t.arg.int({ defaultValue: 10, description: "At most how many, 1 to 1,000." }),
    },
    complexity: (args) => ({ field: 100, multiplier: Math.max(args.first ?? 10, 1) }),
    resolve: ({ id }, args, context) =>
      context.services.history.leaders(requireUser(context), {
        ...{
          quizId: id,
          week: weekFor(args.period, args.week),
          by: args.by ?? "BEST",
          first: first(args.first),
        },
      }),
  }),
);

builder.objectField(Viewer, "leaders", (t) =>
  t.field({
    type: [LeaderType],
    description: "The best learners of all sessions that the viewer hosted, best first.",
    authScopes: { can: "READ_HISTORY" },
    args: {
      period: t.arg({ type: LeaderPeriod, defaultValue: "ALL_TIME", description: PERIOD }),
      week: t.arg({ type: "DateTime", description: WEEK }),
      by: t.arg({ type: LeaderFigureEnum, defaultValue: "SUM", description: "What is compared." }),
      first: t.arg.int({ defaultValue: 10, description: "At most how many, 1 to 1,000." }),
    },
    complexity: (args) => ({ field: 100, multiplier: Math.max(args.first ?? 10, 1) }),
    resolve: (_viewer, args, context) =>
      context.services.history.leaders(requireUser(context), {
        ...{
          quizId: null,
          week: weekFor(args.period, args.week),
          by: args.by ?? "SUM",
          first: first(args.first),
        },
      }),
  }),
);
