import { builder } from "../../graphql/builder.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import type { QuizInput as QuizInputShape } from "../rules.ts";
import { CefrLevel, QuestionKindEnum, Visibility } from "./enums.ts";

const ChoiceInput = builder.inputType("ChoiceInput", {
  description: "A choice, or a part to order.",
  fields: (t) => ({
    id: t.id({
      description: "The id of a choice of this question, so that it stays the same choice after an edit.",
    }),
    text: t.string({ required: true, description: "1 to 200 characters, unlike the other choices'." }),
    correct: t.boolean({ defaultValue: false, description: "Whether it is right; of no meaning in ORDER." }),
  }),
});

const QuestionInput = builder.inputType("QuestionInput", {
  description: "A question of a quiz.",
  fields: (t) => ({
    id: t.id({
      description:
        "The id of a question of this quiz, so that it stays the same question after an edit. Without: a new question.",
    }),
    kind: t.field({ type: QuestionKindEnum, required: true, description: "How it is answered." }),
    prompt: t.string({ required: true, description: "1 to 500 characters." }),
    choices: t.field({
      type: [ChoiceInput],
      description: "SINGLE_CHOICE, MULTIPLE_CHOICE: the options. ORDER: the parts in their right order.",
    }),
    acceptedAnswers: t.stringList({ description: "TYPED: every spelling that counts as right." }),
    timeLimitSeconds: t.int({ defaultValue: 20, description: "1 to 600 seconds." }),
    points: t.int({ defaultValue: 1000, description: "0 to 10,000." }),
    explanation: t.string({ description: "Shown with the solution; at most 1,000 characters." }),
  }),
});

export const QuizInput = builder.inputType("QuizInput", {
  description: "A whole quiz, as it is to be.",
  fields: (t) => ({
    visibility: t.field({
      type: Visibility,
      defaultValue: "PRIVATE",
      description: "Who can find and run it.",
    }),
    title: t.string({ required: true, description: "1 to 120 characters." }),
    description: t.string({ description: "What it is about; at most 1,000 characters." }),
    level: t.field({ type: CefrLevel, description: "For learners of which level." }),
    questions: t.field({ type: [QuestionInput], required: true, description: "1 to 200, in their order." }),
  }),
});

/** Inside, a question's id is not global. One that is none of a question belongs to none, so it counts as absent. */
export function withPlainIds(input: typeof QuizInput.$inferInput): QuizInputShape {
  return {
    ...input,
    questions: input.questions.map((question) => ({
      ...question,
      id: question.id ? readGlobalId("Question", question.id) : null,
    })),
  };
}
