import type {
  AttemptStatus,
  ResultsAttemptsQuery,
  ResultsQuestionFragment,
  SessionState,
} from "../../graphql/generated/graphql.ts";

type AttemptEdge = NonNullable<ResultsAttemptsQuery["session"]>["attempts"]["edges"][number];
export type ResultsAttempt = NonNullable<AttemptEdge>["node"];
export type ResultsAnswer = NonNullable<ResultsAttempt["answers"]["edges"][number]>["node"];
export type ResultsQuestion = ResultsQuestionFragment;

/**
 * How one player's answer to one question counts. `partial`: some of a multiple choice was right; `pending`: the
 * question may still be answered; `withheld`: given, but not judged yet for anybody to see.
 */
export type Verdict = "right" | "partial" | "wrong" | "missed" | "pending" | "withheld";

export interface ResultsCell {
  verdict: Verdict;
  answer: ResultsAnswer | null;
  /** 0 where nothing was earned, also where nothing was answered. */
  points: number;
}

export interface ResultsRow {
  attemptId: string;
  nickname: string;
  status: AttemptStatus;
  rank: number;
  score: number;
  correctCount: number;
  answeredCount: number;
  /** One per question, in the order of the columns. */
  cells: ResultsCell[];
}

export interface QuestionTotals {
  /** Players for whom the question is over, whether they answered or not. */
  met: number;
  answered: number;
  right: number;
  /** `right / met`: leaving a question out counts as not right, as in the game. Null when nobody met it. */
  shareRight: number | null;
  meanPoints: number | null;
}

export interface ResultsTable {
  questions: ResultsQuestion[];
  rows: ResultsRow[];
  /** One per question. */
  questionTotals: QuestionTotals[];
  meanScore: number | null;
  meanCorrect: number | null;
}

function verdictOf(answer: ResultsAnswer | undefined, unansweredMayCome: boolean): Verdict {
  if (!answer) return unansweredMayCome ? "pending" : "missed";
  if (answer.correct === null) return "withheld";
  if (answer.correct) return "right";
  return answer.breakdown.share > 0 ? "partial" : "wrong";
}

function rowOf(attempt: ResultsAttempt, questions: ResultsQuestion[], running: boolean): ResultsRow {
  const byQuestion = new Map<string, ResultsAnswer>();
  for (const edge of attempt.answers.edges) if (edge) byQuestion.set(edge.node.questionId, edge.node);
  // Self-paced, a player who is still on the way may answer later what they have not answered now.
  const mayCome = running && attempt.status === "ACTIVE";
  return {
    attemptId: attempt.id,
    nickname: attempt.nickname,
    status: attempt.status,
    rank: attempt.rank,
    score: attempt.score,
    correctCount: attempt.correctCount,
    answeredCount: attempt.answeredCount,
    cells: questions.map(({ id }) => {
      const answer = byQuestion.get(id);
      return { verdict: verdictOf(answer, mayCome), answer: answer ?? null, points: answer?.points ?? 0 };
    }),
  };
}

function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function totalsOf(rows: ResultsRow[], column: number): QuestionTotals {
  const cells = rows.flatMap((row) => row.cells[column] ?? []);
  const met = cells.filter(({ verdict }) => verdict !== "pending");
  const right = met.filter(({ verdict }) => verdict === "right").length;
  return {
    met: met.length,
    answered: met.filter(({ answer }) => answer !== null).length,
    right,
    shareRight: met.length === 0 ? null : right / met.length,
    meanPoints: mean(met.map(({ points }) => points)),
  };
}

/**
 * Puts attempts and questions together as players × questions. Removed players are left out, of the totals too;
 * answers to questions that are not (yet) among `questions` are left out of the cells, not of the scores.
 */
export function buildResultsTable(
  attempts: readonly ResultsAttempt[],
  review: readonly ResultsQuestion[],
  state: SessionState,
): ResultsTable {
  const questions = [...review].sort((a, b) => a.number - b.number);
  const rows = attempts
    .filter(({ status }) => status !== "REMOVED")
    .map((attempt) => rowOf(attempt, questions, state === "RUNNING"));
  return {
    questions,
    rows,
    questionTotals: questions.map((_, column) => totalsOf(rows, column)),
    meanScore: mean(rows.map(({ score }) => score)),
    meanCorrect: mean(rows.map(({ correctCount }) => correctCount)),
  };
}
