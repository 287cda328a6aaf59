import { builder } from "../../graphql/builder.ts";
import { globalId } from "../../graphql/globalIds.ts";
import type { ChoiceStatistics, QuestionStatistics } from "../index.ts";

const ChoiceStatisticsType = builder.objectRef<ChoiceStatistics>("ChoiceStatistics").implement({
  description: "How often a choice was picked, and by whom: a row of the distractor table.",
  fields: (t) => ({
    choiceId: t.exposeID("choiceId", { description: "The id of the choice." }),
    text: t.exposeString("text", { description: "What it says." }),
    correct: t.exposeBoolean("correct", { description: "Whether it is right." }),
    count: t.exposeInt("count", { description: "How many answers picked it." }),
    upperCount: t.exposeInt("upperCount", {
      nullable: true,
      description:
        "How many of the upper group picked it, out of `upperGroupSize`; null without groups. A wrong choice that the upper\ngroup prefers is a problem.",
    }),
    lowerCount: t.exposeInt("lowerCount", {
      nullable: true,
      description: "How many of the lower group picked it, out of `lowerGroupSize`; null without groups.",
    }),
  }),
});

const ElapsedQuantiles = builder
  .objectRef<NonNullable<QuestionStatistics["elapsedMs"]>>("ElapsedQuantiles")
  .implement({
    description:
      "Quantiles of the answers' times in milliseconds, rounded half up. Between two times it is interpolated (Hyndman & Fan\n1996, type 7: as R, NumPy, Excel's PERCENTILE and PostgreSQL's percentile_cont do). n is `answerCount`.",
    fields: (t) => ({
      p25: t.exposeInt("p25", { description: "A quarter of the answers came sooner." }),
      median: t.exposeInt("median", { description: "Half of the answers came sooner." }),
      p75: t.exposeInt("p75", { description: "Three quarters of the answers came sooner." }),
      p90: t.exposeInt("p90", { description: "Nine tenths of the answers came sooner." }),
    }),
  });

export const QuestionStatisticsType = builder.objectRef<QuestionStatistics>("QuestionStatistics").implement({
  description: "Item analysis of one question.",
  fields: (t) => ({
    questionId: t.id({
      description: "The id of the Question.",
      resolve: ({ questionId }) => globalId("Question", questionId),
    }),
    prompt: t.exposeString("prompt", { description: "What is asked." }),
    answerCount: t.exposeInt("answerCount", {
      description: "How many answers were given: n of `facility` and the times.",
    }),
    askedCount: t.exposeInt("askedCount", {
      description:
        "How many of the attempts were asked it: n of `meanShare`. The others were over before, or played the quiz without it.",
    }),
    skippedCount: t.exposeInt("skippedCount", {
      description: "How many were asked and gave no answer: they count as 0 in everything but `facility`.",
    }),
    correctCount: t.exposeInt("correctCount", { description: "How many answers were entirely right." }),
    facility: t.exposeFloat("facility", {
      nullable: true,
      description: "Share of right answers among those given, 0 to 1 (item facility, p-value).",
    }),
    meanShare: t.exposeFloat("meanShare", {
      nullable: true,
      description:
        "Mean of the shares earned by those who were asked, 0 to 1; skipped is 0. Moodle's facility index: mean ÷ maximum.",
    }),
    discrimination: t.exposeFloat("discrimination", {
      nullable: true,
      description:
        "Correlation of this question's score with the sum of the others' (point-biserial for right/wrong), -1 to 1; null without variance.\nThe question is taken out of the sum (corrected item-total correlation; Henrysson 1963, Psychometrika 28, 211–218), as in Moodle's\ndiscrimination index. n is the statistics' `attemptCount`. Under 0.2 an item tells little, under 0 it misleads (Ebel & Frisbie 1991).",
    }),
    effectiveWeight: t.exposeFloat("effectiveWeight", {
      nullable: true,
      description:
        "Which share of the totals' spread comes from this question, 0 to 1: the root of its covariance with the total ÷ the sum of all\nquestions' roots, as in Moodle's statistics. Null where that covariance is negative. n is the statistics' `attemptCount`.",
    }),
    randomGuessScore: t.exposeFloat("randomGuessScore", {
      description:
        "The share that guessing earns on average, 0 to 1: of the choices, of all sets of them but the empty one (MULTIPLE_CHOICE) or\nof all orders, each as likely; 0 for TYPED. A facility near it tells that nobody knew.",
    }),
    medianElapsedMs: t.exposeInt("medianElapsedMs", {
      nullable: true,
      description: "Median of the answers' times, rounded half up.",
    }),
    elapsedMs: t.field({
      type: ElapsedQuantiles,
      nullable: true,
      description: "How the answers' times are spread; null without answers.",
      resolve: ({ elapsedMs }) => elapsedMs,
    }),
    smallSample: t.exposeBoolean("smallSample", {
      description:
        "Whether there are under 30 answers: too few to say much of other learners (Linacre 1994; see QuizStatistics.smallSample).",
    }),
    choices: t.field({
      type: [ChoiceStatisticsType],
      description: "The choices and how often each was picked. Empty for TYPED and ORDER.",
      resolve: ({ choices }) => [...choices],
    }),
  }),
});
