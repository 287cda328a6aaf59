import { builder } from "../../graphql/builder.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { refuseKeysWithout, viewerId } from "../../graphql/identity.ts";
import { isHost, SessionType } from "../../session/graphql/index.ts";
import type { QuizStatistics } from "../index.ts";
import { AttemptFilterInput, readFilter } from "./attemptFilter.ts";
import { QuestionStatisticsType } from "./questionStatistics.ts";
import { ScoreBinType } from "./scoreBin.ts";

export const AttemptSelectionEnum = builder.enumType("AttemptSelection", {
  description: "Which attempts of a learner count.",
  values: {
    FIRST: {
      description:
        "The first one of each account, of those that are chosen; who has seen a quiz answers it otherwise. Attempts without an\naccount all count: nobody can tell who they were.",
    },
    ALL: { description: "Every attempt." },
  } as const,
});

const QuizStatisticsType = builder.objectRef<QuizStatistics>("QuizStatistics").implement({
  description:
    "For the quiz's owner; null for others. A question's score here is the share earned, 0 to 1, without speed and streak;\nunanswered is 0. Questions that nobody met are listed, with zero counts and null figures.",
  fields: (t) => ({
    selection: t.expose("selection", {
      type: AttemptSelectionEnum,
      description: "Which attempts of a learner are counted.",
    }),
    attemptCount: t.exposeInt("attemptCount", {
      description:
        "How many finished attempts are counted: n of all figures here. Removed players and whoever still plays are not.",
    }),
    meanScore: t.exposeFloat("meanScore", {
      description: "Mean of their scores in points; 0 without attempts.",
    }),
    meanTotal: t.exposeFloat("meanTotal", {
      nullable: true,
      description: "Mean of their totals: the sum of the shares earned, from 0 to the number of questions.",
    }),
    standardDeviation: t.exposeFloat("standardDeviation", {
      nullable: true,
      description: "Sample standard deviation (n − 1) of the totals, in questions; null under two attempts.",
    }),
    reliability: t.exposeFloat("reliability", {
      nullable: true,
      description:
        "Cronbach's alpha over the questions; null under two questions or two attempts.\nCronbach (1951), Psychometrika 16, 297–334; for right and wrong it is Kuder & Richardson's formula 20. From about 0.7 on, totals\ntell learners apart well enough for a class (Nunnally 1978).",
    }),
    standardError: t.exposeFloat("standardError", {
      nullable: true,
      description:
        "Standard error of measurement, in questions: standard deviation × √(1 − alpha) (Lord & Novick 1968). Two totals that\nare closer than that are the same for all anyone knows. Null where one of the two is.",
    }),
    smallSample: t.exposeBoolean("smallSample", {
      description:
        "Whether there are under 30 attempts. About 30 are what it takes to know an item's difficulty to within one logit with\n95 % confidence (Linacre 1994, Rasch Measurement Transactions 7:4, 328); for discrimination and alpha, hundreds are better.",
    }),
    upperGroupSize: t.int({
      nullable: true,
      description:
        "How many attempts are in the upper group: the best 27 % by total (Kelley 1939, Journal of Educational Psychology 30, 17–24), with\nall that have the total of the last of them. Null where the upper group would meet the lower one.",
      resolve: ({ groups }) => groups?.upper ?? null,
    }),
    lowerGroupSize: t.int({
      nullable: true,
      description: "How many attempts are in the lower group, the 27 % at the other end.",
      resolve: ({ groups }) => groups?.lower ?? null,
    }),
    scoreDistribution: t.field({
      type: [ScoreBinType],
      description: "How the scores in points are spread, in at most 20 steps of one width from 0 on.",
      resolve: ({ scoreDistribution }) => [...scoreDistribution],
    }),
    questions: t.field({
      type: [QuestionStatisticsType],
      description: "In the order of the quiz.",
      resolve: ({ questions }) => [...questions],
    }),
  }),
});

builder.queryField("quizStatistics", (t) =>
  t.field({
    type: QuizStatisticsType,
    nullable: true,
    description: "Item analysis of a quiz over its finished attempts.",
    args: {
      quizId: t.arg.id({ required: true, description: "The quiz; only its owner sees its statistics." }),
      filter: t.arg({ type: AttemptFilterInput, description: "Which of its attempts." }),
      attempts: t.arg({
        type: AttemptSelectionEnum,
        defaultValue: "FIRST",
        description: "Which attempts of a learner count.",
      }),
    },
    resolve: async (_root, { quizId, filter, attempts }, context) => {
      refuseKeysWithout(context.identity, "READ_HISTORY");
      const id = readGlobalId("Quiz", quizId);
      const userId = viewerId(context);
      const { statistics } = context.services.history;
      return id && userId && statistics.ofQuiz(id, userId, readFilter(filter), attempts ?? "FIRST");
    },
  }),
);

builder.objectField(SessionType, "statistics", (t) =>
  t.field({
    type: QuizStatisticsType,
    nullable: true,
    description: "Item analysis over the session's finished attempts, for its host; null for everyone else.",
    args: {
      attempts: t.arg({
        type: AttemptSelectionEnum,
        defaultValue: "FIRST",
        description: "Which attempts of a learner at this session count.",
      }),
    },
    resolve: async ({ setup }, { attempts }, context) => {
      if (!isHost(context, setup)) return null;
      refuseKeysWithout(context.identity, "READ_HISTORY");
      await context.loaders.saved.load(setup.id);
      return context.services.history.statistics.ofSession(setup, attempts ?? "FIRST");
    },
  }),
);
