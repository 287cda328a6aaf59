import type { ChoiceFigures, ReportedQuestion } from "./reportedQuestion.ts";

/** A choice that `count` answers picked, of the upper and the lower group so many, for tests. */
export function aChoice(
  text: string,
  count: number,
  upper: number | null = null,
  lower: number | null = null,
): ChoiceFigures {
  return {
    choiceId: text,
    text,
    correct: text.startsWith("right"),
    count,
    upperCount: upper,
    lowerCount: lower,
  };
}

/** A question of forty answers, thirty of them right, at which nothing is remarkable, for tests. */
export function aReportedQuestion(parts: Partial<ReportedQuestion> = {}): ReportedQuestion {
  return {
    questionId: "q1",
    number: 1,
    prompt: "Which word means very small?",
    answerCount: 40,
    askedCount: 40,
    skippedCount: 0,
    correctCount: 30,
    facility: 0.75,
    discrimination: 0.4,
    randomGuessScore: 1 / 3,
    elapsedMs: { p25: 2000, median: 4000, p75: 6000, p90: 9000 },
    choices: [aChoice("right", 30, 11, 5), aChoice("huge", 6, 0, 4), aChoice("heavy", 4, 0, 2)],
    timeLimitSeconds: 20,
    texts: [],
    ...parts,
  };
}
