import type {
  AuthorQuizFragment,
  CefrLevel,
  QuestionKind,
  Visibility,
} from "../../graphql/generated/graphql.ts";

/**
 * A quiz as its author has it on the screen: never sent as it is, always kept, valid or not.
 * Every part has a key that stays the same through edits, moves, undo and saves. What the server calls it is not
 * part of the draft (see serverIds.ts), so that undo cannot bring back an id that the server has dropped.
 */
export interface QuizDraft {
  readonly title: string;
  readonly description: string;
  readonly level: CefrLevel | null;
  readonly visibility: Visibility;
  readonly questions: readonly DraftQuestion[];
}

export interface DraftQuestion {
  readonly key: string;
  readonly kind: QuestionKind;
  readonly prompt: string;
  /** Options, or in ORDER the parts in their right order. Kept while the kind is TYPED, so that changing back loses nothing. */
  readonly choices: readonly DraftChoice[];
  readonly acceptedAnswers: readonly DraftText[];
  /** Null while the field is empty. */
  readonly timeLimitSeconds: number | null;
  readonly points: number | null;
  readonly explanation: string;
}

export interface DraftText {
  readonly key: string;
  readonly text: string;
}

export interface DraftChoice extends DraftText {
  readonly correct: boolean;
}

/** The server's limits, as its schema documents them. */
export const LIMITS = {
  title: 120,
  prompt: 500,
  choice: 200,
  answer: 200,
  note: 1000,
  minChoices: 2,
  maxChoices: 8,
  maxAnswers: 20,
  minSeconds: 1,
  maxSeconds: 600,
  maxPoints: 10_000,
  maxQuestions: 200,
} as const;

export const KINDS: readonly QuestionKind[] = ["SINGLE_CHOICE", "MULTIPLE_CHOICE", "TYPED", "ORDER"];
export const LEVELS: readonly CefrLevel[] = ["A1", "A2", "B1", "B2", "C1", "C2"];

let keyCount = 0;

/** A key that no other part of this or a stored draft has. (crypto.randomUUID is missing on plain http in a LAN.) */
export function newKey(): string {
  keyCount += 1;
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}${keyCount.toString(36)}`;
}

export const emptyText = (text = ""): DraftText => ({ key: newKey(), text });
export const emptyChoice = (text = ""): DraftChoice => ({ key: newKey(), text, correct: false });

export function emptyQuestion(kind: QuestionKind): DraftQuestion {
  return {
    key: newKey(),
    kind,
    prompt: "",
    choices: kind === "TYPED" ? [] : Array.from({ length: kind === "ORDER" ? 3 : 4 }, () => emptyChoice()),
    acceptedAnswers: kind === "TYPED" ? [emptyText()] : [],
    timeLimitSeconds: kind === "SINGLE_CHOICE" ? 20 : 30,
    points: 1000,
    explanation: "",
  };
}

export function emptyDraft(): QuizDraft {
  return {
    title: "",
    description: "",
    level: null,
    visibility: "PRIVATE",
    questions: [emptyQuestion("SINGLE_CHOICE")],
  };
}

/** The draft of a saved quiz; its parts' keys are the server's ids, unless `keyOf` knows an earlier key of an id. */
export function draftOfQuiz(quiz: AuthorQuizFragment, keyOf = (id: string): string => id): QuizDraft {
  return {
    title: quiz.title,
    description: quiz.description ?? "",
    level: quiz.level,
    visibility: quiz.visibility,
    questions: (quiz.questions ?? []).map((question) => ({
      key: keyOf(question.id),
      kind: question.kind,
      prompt: question.prompt,
      choices: question.choices.map((choice) => ({
        key: keyOf(choice.id),
        text: choice.text,
        // ORDER has no wrong parts: the flag would come back when the kind is changed.
        correct: question.kind !== "ORDER" && choice.correct,
      })),
      acceptedAnswers: question.acceptedAnswers.map((text, index) => ({
        key: `${keyOf(question.id)}.a${index}`,
        text,
      })),
      timeLimitSeconds: question.timeLimitSeconds,
      points: question.points,
      explanation: question.explanation ?? "",
    })),
  };
}
