import type { ResultsAnswer, ResultsQuestion } from "./resultsTable.ts";

function choiceTexts(question: ResultsQuestion, ids: readonly string[]): string[] {
  const texts = new Map(question.choices.map(({ id, text }) => [id, text]));
  return ids.map((id) => texts.get(id) ?? "?");
}

const separator = (question: ResultsQuestion) => (question.kind === "ORDER" ? " → " : " · ");

/** The given answer as one line of text: the picked choices, the order, or what was typed. */
export function answerText(question: ResultsQuestion, answer: ResultsAnswer): string {
  if (question.kind === "TYPED") return answer.text ?? "";
  return choiceTexts(question, answer.choiceIds).join(separator(question));
}

/** The right answer as one line of text; for TYPED every accepted spelling. */
export function solutionText(question: ResultsQuestion): string {
  if (question.kind === "TYPED") return question.solution.acceptedAnswers.join(" · ");
  return choiceTexts(question, question.solution.choiceIds).join(separator(question));
}
