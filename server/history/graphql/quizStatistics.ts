import { builder } from "../../graphql/builder.ts";
import { globalId, readGlobalId } from "../../graphql/globalIds.ts";
import { viewerId } from "../../graphql/identity.ts";
import type { ChoiceStatistics, QuestionStatistics, QuizStatistics } from "../statistics.ts";
import { AttemptFilterInput, readFilter } from "./attemptFilter.ts";

const ChoiceStatisticsType = builder.objectRef<ChoiceStatistics>("ChoiceStatistics").implement({
  description: "How often a choice was picked.",
  fields: (t) => ({
    choiceId: t.exposeID("choiceId", { description: "The id of the choice." }),
    text: t.exposeString("text", { description: "What it says." }),
    correct: t.exposeBoolean("correct", { description: "Whether it is right." }),
    count: t.exposeInt("count", { description: "How many answers picked it." }),
  }),
});

const QuestionStatisticsType = builder.objectRef<QuestionStatistics>("QuestionStatistics").implement({
  description: "Item analysis of one question.",
  fields: (t) => ({
    questionId: t.id({
      description: "The id of the Question.",
      resolve: ({ questionId }) => globalId("Question", questionId),
    }),
    prompt: t.exposeString("prompt", { description: "What is asked." }),
    answerCount: t.exposeInt("answerCount", { description: "How many answers were given." }),
    facility: t.exposeFloat("facility", {
      nullable: true,
      description: "Share of right answers among those given, 0 to 1 (item facility, p-value).",
    }),
    discrimination: t.exposeFloat("discrimination", {
      nullable: true,
      description:
        "Correlation of this question's score with the sum of the others' (point-biserial for right/wrong), -1 to 1; null without variance.",
    }),
    medianElapsedMs: t.exposeInt("medianElapsedMs", {
      nullable: true,
      description: "Median of the answers' times, rounded half up.",
    }),
    choices: t.field({
      type: [ChoiceStatisticsType],
      description: "The choices and how often each was picked. Empty for TYPED and ORDER.",
      resolve: ({ choices }) => [...choices],
    }),
  }),
});

const QuizStatisticsType = builder.objectRef<QuizStatistics>("QuizStatistics").implement({
  description:
    "For the quiz's owner; null for others. A question's score here is the share earned, 0 to 1, without speed and streak;\nunanswered is 0. Questions that nobody met are listed, with zero counts and null figures.",
  fields: (t) => ({
    attemptCount: t.exposeInt("attemptCount", { description: "How many finished attempts are counted." }),
    meanScore: t.exposeFloat("meanScore", {
      description: "Mean of their scores in points; 0 without attempts.",
    }),
    reliability: t.exposeFloat("reliability", {
      nullable: true,
      description: "Cronbach's alpha over the questions; null under two questions or two attempts.",
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
    },
    resolve: async (_root, args, context) => {
      const id = readGlobalId("Quiz", args.quizId);
      const userId = viewerId(context);
      return id && userId && context.services.history.statistics(id, userId, readFilter(args.filter));
    },
  }),
);
