import { builder } from "../../graphql/builder.ts";
import { globalId } from "../../graphql/globalIds.ts";
import { QuestionKindEnum } from "../../quiz/graphql/index.ts";
import {
  choicesOf,
  type LiveQuestion,
  type ReviewQuestion,
  type Solution,
  solutionOf,
} from "../domain/questionViews.ts";
import { QuestionResults } from "./questionResults.ts";

const LiveChoice = builder.objectRef<{ id: string; text: string }>("LiveChoice").implement({
  description: "A choice as players see it.",
  extensions: { sameForEveryone: ["id", "text"] },
  fields: (t) => ({
    id: t.exposeID("id", { description: "The id of the Choice." }),
    text: t.exposeString("text", { description: "What it says." }),
  }),
});

const SolutionType = builder.objectRef<Solution>("Solution").implement({
  description: "What is right.",
  extensions: { sameForEveryone: ["choiceIds", "acceptedAnswers", "explanation"] },
  fields: (t) => ({
    choiceIds: t.idList({
      description: "The right choices; for ORDER, all of them in their right order.",
      resolve: (solution) => [...solution.choiceIds],
    }),
    acceptedAnswers: t.stringList({
      description: "TYPED: every spelling that counts as right.",
      resolve: (solution) => [...solution.acceptedAnswers],
    }),
    explanation: t.exposeString("explanation", {
      nullable: true,
      description: "What there is to learn from it.",
    }),
  }),
});

const live = builder.objectRef<LiveQuestion>("LiveQuestion");

export const LiveQuestionType = live.implement({
  description:
    "A question as players see it: what is right stays null until it may be known. Its id and its choices' ids are those of the Question. The choices of ORDER come shuffled, and no id or order tells what is right.",
  extensions: {
    sameForEveryone: [
      "id",
      "number",
      "kind",
      "prompt",
      "choices",
      "timeLimitSeconds",
      "points",
      "opensAt",
      "closesAt",
      "answerCount",
      "solution",
      "results",
    ],
  },
  fields: (t) => ({
    id: t.id({
      description: "The id of the Question.",
      resolve: ({ question }) => globalId("Question", question.id),
    }),
    number: t.int({ description: "From 1.", resolve: ({ opened }) => opened.number }),
    kind: t.field({
      type: QuestionKindEnum,
      description: "How it is answered.",
      resolve: ({ question }) => question.kind,
    }),
    prompt: t.string({ description: "What is asked.", resolve: ({ question }) => question.prompt }),
    choices: t.field({
      type: [LiveChoice],
      description: "What there is to choose from or to put in order. Empty for TYPED.",
      resolve: choicesOf,
    }),
    timeLimitSeconds: t.int({
      description: "How long it takes answers.",
      resolve: ({ question }) => question.timeLimitMs / 1000,
    }),
    points: t.int({ description: "What it is worth.", resolve: ({ question }) => question.points }),
    opensAt: t.field({
      type: "DateTime",
      description: "When its time began. SELF_PACED: for this player.",
      resolve: ({ opened }) => opened.opensAt,
    }),
    closesAt: t.field({
      type: "DateTime",
      description: "Its deadline; once it was closed before that, when it was.",
      resolve: ({ opened }) => opened.closesAt,
    }),
    answerCount: t.int({
      description: "How many have answered it in this session.",
      resolve: async ({ tally, question, session }, _args, context) =>
        (tally ?? (await context.services.history.tally.recent(session.id, question.id))).answerCount,
    }),
    solution: t.field({
      type: SolutionType,
      nullable: true,
      description: "What is right; null until it may be known.",
      resolve: ({ question, over }) => (over ? solutionOf(question) : null),
    }),
    results: t.field({
      type: QuestionResults,
      nullable: true,
      description: "How the answers fell; null until the solution may be known.",
      resolve: ({ question, over, tally }) => (over && tally ? { question, tally } : null),
    }),
  }),
});

const review = builder.objectRef<ReviewQuestion>("ReviewQuestion");

export const ReviewQuestionType = review.implement({
  description: "A question whose solution may be known.",
  extensions: {
    sameForEveryone: [
      "id",
      "number",
      "kind",
      "prompt",
      "choices",
      "timeLimitSeconds",
      "points",
      "solution",
      "results",
    ],
  },
  fields: (t) => ({
    id: t.id({
      description: "The id of the Question.",
      resolve: ({ question }) => globalId("Question", question.id),
    }),
    number: t.exposeInt("number", { description: "From 1." }),
    kind: t.field({
      type: QuestionKindEnum,
      description: "How it is answered.",
      resolve: ({ question }) => question.kind,
    }),
    prompt: t.string({ description: "What was asked.", resolve: ({ question }) => question.prompt }),
    choices: t.field({
      type: [LiveChoice],
      description: "As they were shown in the session.",
      resolve: choicesOf,
    }),
    timeLimitSeconds: t.int({
      description: "How long it took answers.",
      resolve: ({ question }) => question.timeLimitMs / 1000,
    }),
    points: t.int({ description: "What it was worth.", resolve: ({ question }) => question.points }),
    solution: t.field({
      type: SolutionType,
      description: "What is right.",
      resolve: ({ question }) => solutionOf(question),
    }),
    results: t.field({
      type: QuestionResults,
      description: "How the answers fell.",
      resolve: async ({ question, session }, _args, { services, loaders }) => {
        await loaders.saved.load(session.id);
        return { question, tally: await services.history.tally.exact(session.id, question.id) };
      },
    }),
  }),
});
