import { readId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import { type NeededScopes, refuseKeysWithout, viewerId } from "../../graphql/identity.ts";
import type { Choice, Question as QuestionShape } from "../quiz.ts";
import { QuestionKindEnum } from "./enums.ts";

const ChoiceType = builder.objectRef<Choice>("Choice").implement({
  description: "Something to pick; in ORDER, a part to put in its place.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Tells nothing of what is right." }),
    text: t.exposeString("text", { description: "1 to 200 characters." }),
    correct: t.exposeBoolean("correct", { description: "Whether it is right; in ORDER, every part is." }),
  }),
});

/** What a key needs for them: a program that only runs games has no use for solutions before the players do. */
export const SEES_SOLUTIONS: NeededScopes = ["READ_HISTORY", "MANAGE_QUIZZES"];

export const Question = builder.node(builder.objectRef<QuestionShape>("Question"), {
  description: "A question with its solution, as its author sees it.",
  id: {
    resolve: (question) => question.id,
    description: "The same for the same thing, everywhere and for ever.",
  },
  // Only what the viewer owns is looked at, so nobody else's solution can be found by its id.
  loadOne: (id, context) => {
    const questionId = readId<"Question">(id);
    refuseKeysWithout(context.identity, SEES_SOLUTIONS);
    const owner = viewerId(context);
    return questionId && owner && context.services.quizzes.question(questionId, owner);
  },
  fields: (t) => ({
    kind: t.expose("kind", { type: QuestionKindEnum, description: "How it is answered." }),
    prompt: t.exposeString("prompt", { description: "1 to 500 characters." }),
    choices: t.field({
      type: [ChoiceType],
      description: "The options, or the parts in their right order; empty for TYPED.",
      resolve: ({ choices }) => [...choices],
    }),
    acceptedAnswers: t.stringList({
      description: "TYPED: every spelling that counts as right; else empty.",
      resolve: ({ acceptedAnswers }) => [...acceptedAnswers],
    }),
    timeLimitSeconds: t.exposeInt("timeLimitSeconds", { description: "1 to 600 seconds." }),
    points: t.exposeInt("points", { description: "What a right answer at once is worth, 0 to 10,000." }),
    explanation: t.exposeString("explanation", {
      nullable: true,
      description: "Shown with the solution, once that may be known.",
    }),
  }),
});
