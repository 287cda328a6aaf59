import { builder } from "../../graphql/builder.ts";
import { TEXT_KEY } from "../domain/answerChecking.ts";
import type { ContentQuestion } from "../domain/content.ts";
import { folded } from "../domain/folding.ts";
import type { Tally } from "../domain/questionViews.ts";

/** How the answers to one question fell. */
interface Results {
  readonly question: ContentQuestion;
  readonly tally: Tally;
}

const ChoiceCount = builder.objectRef<{ choiceId: string; count: number }>("ChoiceCount").implement({
  description: "How many picked a choice.",
  extensions: { sameForEveryone: ["choiceId", "count"] },
  fields: (t) => ({
    choiceId: t.exposeID("choiceId", { description: "The id of the choice." }),
    count: t.exposeInt("count", { description: "How many picked it." }),
  }),
});

const TextCount = builder
  .objectRef<{ text: string; count: number; correct: boolean }>("TextCount")
  .implement({
    description: "How many typed the same.",
    extensions: { sameForEveryone: ["text", "count", "correct"] },
    fields: (t) => ({
      text: t.exposeString("text", { description: "What was typed, in the form in which it is compared." }),
      count: t.exposeInt("count", { description: "How many typed it." }),
      correct: t.exposeBoolean("correct", { description: "Whether it counts as right." }),
    }),
  });

const SHOWN_TEXTS = 8;

export const QuestionResults = builder.objectRef<Results>("QuestionResults").implement({
  description: "How the answers to a question fell.",
  extensions: { sameForEveryone: ["answerCount", "correctCount", "choices", "texts"] },
  fields: (t) => ({
    answerCount: t.int({ description: "How many answered.", resolve: ({ tally }) => tally.answerCount }),
    correctCount: t.int({
      description: "How many were entirely right.",
      resolve: ({ tally }) => tally.correctCount,
    }),
    choices: t.field({
      type: [ChoiceCount],
      description: "SINGLE_CHOICE, MULTIPLE_CHOICE: how many picked each choice.",
      resolve: ({ question, tally }) =>
        question.kind === "SINGLE_CHOICE" || question.kind === "MULTIPLE_CHOICE"
          ? question.choices.map(({ id }) => ({ choiceId: id, count: tally.counts[id] ?? 0 }))
          : [],
    }),
    texts: t.field({
      type: [TextCount],
      description: "TYPED: the most frequent answers, as they are compared, at most 8.",
      resolve: ({ question, tally }) => frequentTexts(question, tally),
    }),
  }),
});

function frequentTexts(question: ContentQuestion, tally: Tally) {
  if (question.kind !== "TYPED") return [];
  const right = new Set(question.acceptedAnswers.map(folded));
  return Object.entries(tally.counts)
    .filter(([key]) => key.startsWith(TEXT_KEY))
    .map(([key, count]) => {
      const text = key.slice(TEXT_KEY.length);
      return { text, count, correct: right.has(text) };
    })
    .sort((a, b) => b.count - a.count || a.text.localeCompare(b.text))
    .slice(0, SHOWN_TEXTS);
}
