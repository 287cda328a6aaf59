import type { QuestionInput, QuizInput } from "../../graphql/generated/graphql.ts";
import type { DraftChoice, DraftQuestion, DraftText, QuizDraft } from "./draft.ts";
import type { ServerIds } from "./serverIds.ts";

/** Which parts of the draft were sent, in the order of the input: its lists' indexes stand for these keys. */
export interface SentKeys {
  readonly questions: readonly {
    readonly question: string;
    readonly choices: readonly string[];
    readonly answers: readonly string[];
  }[];
}

/** A row left empty is not an option: it is left out. One that is marked right is kept, for its text is missing. */
export const isFilledChoice = (choice: DraftChoice): boolean => choice.text.trim() !== "" || choice.correct;
export const isFilledText = ({ text }: DraftText): boolean => text.trim() !== "";

/** The parts of a question that its kind uses. */
export function usedParts(question: DraftQuestion): { choices: DraftChoice[]; answers: DraftText[] } {
  if (question.kind === "TYPED")
    return { choices: [], answers: question.acceptedAnswers.filter(isFilledText) };
  const filled = question.kind === "ORDER" ? isFilledText : isFilledChoice;
  return { choices: question.choices.filter(filled), answers: [] };
}

/** The API's input for a valid draft; parts that the server knows keep their ids. */
export function toQuizInput(draft: QuizDraft, ids: ServerIds): { input: QuizInput; sent: SentKeys } {
  const description = draft.description.trim();
  return {
    input: {
      title: draft.title.trim(),
      description: description === "" ? null : description,
      level: draft.level,
      visibility: draft.visibility,
      questions: draft.questions.map((question) => toQuestionInput(question, ids)),
    },
    sent: {
      questions: draft.questions.map((question) => {
        const { choices, answers } = usedParts(question);
        return {
          question: question.key,
          choices: choices.map(({ key }) => key),
          answers: answers.map(({ key }) => key),
        };
      }),
    },
  };
}

function toQuestionInput(question: DraftQuestion, ids: ServerIds): QuestionInput {
  const { choices, answers } = usedParts(question);
  const explanation = question.explanation.trim();
  const common = {
    ...idOf(question.key, ids),
    kind: question.kind,
    prompt: question.prompt.trim(),
    explanation: explanation === "" ? null : explanation,
    ...(question.timeLimitSeconds === null ? {} : { timeLimitSeconds: question.timeLimitSeconds }),
    ...(question.points === null ? {} : { points: question.points }),
  };
  if (question.kind === "TYPED")
    return { ...common, acceptedAnswers: answers.map(({ text }) => text.trim()) };
  return {
    ...common,
    choices: choices.map((choice) => ({
      ...idOf(choice.key, ids),
      text: choice.text.trim(),
      ...(question.kind === "ORDER" ? {} : { correct: choice.correct }),
    })),
  };
}

function idOf(key: string, ids: ServerIds): { id?: string } {
  const id = ids[key];
  return id === undefined ? {} : { id };
}
