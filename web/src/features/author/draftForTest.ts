import type { QuestionKind } from "../../graphql/generated/graphql.ts";
import type { DraftQuestion, QuizDraft } from "./draft.ts";

/** A valid question of each kind, its parts named after its key: `q1`, `q1c0`, `q1a0`. */
export function questionForTest(key: string, kind: QuestionKind = "SINGLE_CHOICE"): DraftQuestion {
  return {
    key,
    kind,
    prompt: `Prompt ${key}`,
    choices:
      kind === "TYPED"
        ? []
        : ["red", "green", "blue"].map((text, index) => ({
            key: `${key}c${index}`,
            text,
            correct: kind !== "ORDER" && index === 0,
          })),
    acceptedAnswers: kind === "TYPED" ? [{ key: `${key}a0`, text: "colour" }] : [],
    timeLimitSeconds: 20,
    points: 1000,
    explanation: "",
  };
}

export function draftForTest(...questions: DraftQuestion[]): QuizDraft {
  return { title: "Colours", description: "", level: "A2", visibility: "PRIVATE", questions };
}
