import { type InjectionKey, inject, provide } from "vue";
import { type MessageKey, useT } from "../../i18n/i18n.ts";
import type { UseQuizEditor } from "./useQuizEditor.ts";
import type { Problem, ProblemCode } from "./validateDraft.ts";

const key: InjectionKey<UseQuizEditor> = Symbol("quiz editor");

export const provideEditor = (editor: UseQuizEditor): void => provide(key, editor);

/** The quiz in the making, for the parts of its editor. */
export function useEditor(): UseQuizEditor {
  const editor = inject(key);
  if (!editor) throw new Error("useEditor: not inside the quiz editor");
  return editor;
}

const problemKeys: Record<ProblemCode, MessageKey> = {
  titleMissing: "author.problemTitleMissing",
  promptMissing: "author.problemPromptMissing",
  textMissing: "author.problemTextMissing",
  tooLong: "author.problemTooLong",
  noQuestions: "author.problemNoQuestions",
  tooManyQuestions: "author.problemTooManyQuestions",
  tooFewChoices: "author.problemTooFewChoices",
  tooFewParts: "author.problemTooFewParts",
  tooManyChoices: "author.problemTooManyChoices",
  noneCorrect: "author.problemNoneCorrect",
  severalCorrect: "author.problemSeveralCorrect",
  noAnswers: "author.problemNoAnswers",
  tooManyAnswers: "author.problemTooManyAnswers",
  numberRange: "author.problemNumberRange",
  sameText: "author.problemSameText",
};

/** Says what is wrong, in the reader's language; the server's own words stay as they are. */
export function useProblemText(): (problem: Problem | undefined) => string | undefined {
  const { t, n } = useT();
  return (problem) => {
    if (!problem) return undefined;
    const { text } = problem;
    if (text.code === "server") return text.message;
    return t(problemKeys[text.code], { limit: n(text.limit ?? 0), min: n(text.min ?? 0) });
  };
}
