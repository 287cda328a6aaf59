import type { AnswerRow, Evidence } from "./evidence.ts";

/** Until when an answer could come. `certain`: whether every change of that is known. */
interface Limit {
  readonly at: number;
  readonly certain: boolean;
}

/**
 * Answers that were taken after the end of their question, by the store's clock. The end is the latest deadline that the
 * journal or any client saw, and its forgiveness; or when the question was closed before that. Where an entry of the
 * journal went unseen, a later deadline may have gone unseen too: what looks late then, nobody can say.
 */
export function findLate(
  { answers, journal, seenClosings }: Evidence,
  forgivenessMs: number,
): { readonly late: string[]; readonly unverifiable: number } {
  const inJournal = new Map(
    journal.closings.map((closing) => [key(closing.sessionId, closing.attemptId, closing.number), closing]),
  );
  const seen = new Map(
    seenClosings.map(({ sessionId, attemptId, questionId, closesAt }) => [
      attemptId === null ? `${sessionId} ${questionId}` : `${attemptId} ${questionId}`,
      closesAt,
    ]),
  );

  function limitOf({ sessionId, attemptId, questionId, number }: AnswerRow): Limit | null {
    const journaled =
      inJournal.get(key(sessionId, attemptId, number)) ?? inJournal.get(key(sessionId, null, number));
    const told = seen.get(`${attemptId} ${questionId}`) ?? seen.get(`${sessionId} ${questionId}`);
    const certain = journaled !== undefined && !journal.incomplete.has(sessionId);
    const closesAt = Math.max(journaled?.closesAt ?? 0, told ?? 0);
    if (closesAt === 0) return null;
    const endedAt = journaled?.endedAt ?? Number.POSITIVE_INFINITY;
    return { at: Math.min(closesAt + forgivenessMs, endedAt), certain };
  }

  const late: string[] = [];
  let unverifiable = 0;
  for (const answer of answers) {
    const limit = limitOf(answer);
    if (limit && answer.answeredAt <= limit.at) continue;
    if (limit?.certain)
      late.push(`${answer.answeredAt - limit.at} ms too late: ${answer.attemptId} ${answer.questionId}`);
    else unverifiable += 1;
  }
  return { late, unverifiable };
}

const key = (sessionId: string, attemptId: string | null, number: number) =>
  `${sessionId} ${attemptId} ${number}`;
