import type { ResultsAnswer, ResultsAttempt, ResultsQuestion } from "./resultsTable.ts";

type QuestionParts = Partial<Omit<ResultsQuestion, "solution">> & {
  solution?: Partial<ResultsQuestion["solution"]>;
};

/** A question of three choices, Alpha (right), Beta and Gamma, for tests. */
export function aQuestion(id: string, number: number, parts: QuestionParts = {}): ResultsQuestion {
  return {
    id,
    number,
    kind: "SINGLE_CHOICE",
    prompt: `Prompt ${number}`,
    points: 1000,
    timeLimitSeconds: 20,
    choices: [
      { id: "a", text: "Alpha" },
      { id: "b", text: "Beta" },
      { id: "c", text: "Gamma" },
    ],
    results: { answerCount: 0, correctCount: 0, choices: [], texts: [] },
    ...parts,
    solution: { choiceIds: ["a"], acceptedAnswers: [], explanation: null, ...parts.solution },
  };
}

/** An answer given after three seconds, for tests. */
export function anAnswer(
  questionId: string,
  correct: boolean,
  points: number,
  share = correct ? 1 : 0,
): ResultsAnswer {
  return {
    id: `answer-${questionId}`,
    questionId,
    correct,
    points,
    elapsedMs: 3000,
    choiceIds: [correct ? "a" : "b"],
    text: null,
    breakdown: { base: 1000, speed: 0.95, share, streak: correct ? 1 : 0, streakBonus: 0 },
  };
}

/** A player in the middle of a game, for tests. */
export function anAttempt(nickname: string, parts: Partial<ResultsAttempt> = {}): ResultsAttempt {
  return {
    id: `attempt-${nickname}`,
    nickname,
    status: "ACTIVE",
    score: 0,
    rank: 1,
    answeredCount: 0,
    correctCount: 0,
    answers: { edges: [] },
    ...parts,
  };
}
