import type { Answer, Attempt } from "../generated/prisma/client.ts";
import type { Note } from "./difference.ts";
import type { SessionHistory } from "./readHistory.ts";

/** Whether what PostgreSQL has of a session agrees with itself: sums, counts, ranks, versions (I4). */
export function checkHistory(history: SessionHistory, note: Note): void {
  const { session, attempts, answers, deadLetters, questionIds } = history;
  for (const { stream, entryId, version, error } of deadLetters)
    note({ kind: "dead-letter", field: `${stream} ${entryId}`, expected: version, found: error });
  if (!session) return;
  const byAttempt = new Map<string, Answer[]>(attempts.map(({ id }) => [id, []]));
  for (const answer of answers) byAttempt.get(answer.attemptId)?.push(answer);
  for (const attempt of attempts) {
    checkSums(attempt, byAttempt.get(attempt.id) ?? [], note);
    if (attempt.version > session.version)
      note({
        ...{ kind: "history-version", attemptId: attempt.id, field: "version" },
        ...{ expected: session.version, found: attempt.version },
      });
  }
  if (session.stateVersion > session.version)
    note({
      ...{ kind: "history-version", field: "stateVersion" },
      ...{ expected: session.version, found: session.stateVersion },
    });
  for (const answer of answers) checkAnswer(answer, questionIds, note);
  checkEnd(session.state === "FINISHED", attempts, note);
}

function checkSums(attempt: Attempt, answers: readonly Answer[], note: Note): void {
  const attemptId = attempt.id;
  const points = answers.reduce((sum, answer) => sum + answer.points, 0);
  if (points !== attempt.score)
    note({ kind: "history-score", attemptId, expected: points, found: attempt.score });
  const counts = [
    ["answeredCount", answers.length, attempt.answeredCount],
    ["correctCount", answers.filter(({ correct }) => correct).length, attempt.correctCount],
    ["numbers", answers.length, new Set(answers.map(({ number }) => number)).size],
  ] as const;
  for (const [field, expected, found] of counts)
    if (expected !== found) note({ kind: "history-count", attemptId, field, expected, found });
}

function checkAnswer(answer: Answer, questionIds: readonly string[], note: Note): void {
  const { attemptId, number: question, points, base, speed, share, streakBonus } = answer;
  // Half up, from numbers that are not exact: what lies on the edge may go either way.
  const exact = base * speed * share + streakBonus;
  if (Math.abs(points - exact) > 0.5 + 1e-6)
    note({ kind: "history-points", attemptId, question, expected: Math.round(exact), found: points });
  const expected = questionIds[question - 1];
  if (questionIds.length > 0 && expected !== answer.questionId)
    note({
      ...{ kind: "history-question", attemptId, question },
      ...{ expected: expected ?? null, found: answer.questionId },
    });
}

/** The end makes ranks and states final, and nothing else does. */
function checkEnd(finished: boolean, attempts: readonly Attempt[], note: Note): void {
  const scores = attempts.filter(({ status }) => status !== "REMOVED").map(({ score }) => score);
  for (const { id: attemptId, status, score, finalRank, finishedAt } of attempts) {
    const better = scores.filter((other) => other > score).length;
    const rank = status === "REMOVED" ? 0 : better + 1;
    const expected = finished ? rank : null;
    if (finalRank !== expected) note({ kind: "final-rank", attemptId, expected, found: finalRank });
    if (finished && (status === "ACTIVE" || (status === "FINISHED" && finishedAt === null)))
      note({
        ...{ kind: "final-status", attemptId },
        ...{ expected: "FINISHED, with its time", found: `${status}, ${finishedAt?.toISOString() ?? null}` },
      });
  }
}
