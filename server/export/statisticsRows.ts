import type { Pool } from "pg";
import type { QuizId, QuizVersionId, SessionId, UserId } from "../core/ids.ts";
import { NotFoundError, ValidationError } from "../core/refusals.ts";
import type { History } from "../history/index.ts";
import type { ExportRequest } from "./request.ts";
import type { DistractorRow, StatisticsOf, StatisticsRow } from "./tables/statistics.ts";

export interface StatisticsSource {
  readonly pool: Pool;
  readonly statistics: History["statistics"];
}

interface PlayedSession {
  readonly host_id: string;
  readonly quiz_id: string;
  readonly quiz_version_id: QuizVersionId;
}

/**
 * The statistics that a request asks for: of a quiz for its owner, or of a session for its host.
 * @throws ValidationError where it names neither, NotFoundError where there is no such thing, or none of the user's
 */
export async function statisticsOf(
  { pool, statistics }: StatisticsSource,
  userId: UserId,
  { filter, selection }: ExportRequest,
): Promise<StatisticsOf> {
  const { sessionId, ...others } = filter;
  if (sessionId === undefined) {
    const { quizId } = others;
    if (quizId === undefined) {
      throw ValidationError.of(["quiz"], "Statistics are those of a quiz or of a session: name one.");
    }
    const found = await statistics.ofQuiz(quizId as QuizId, userId, others, selection);
    if (!found) throw new NotFoundError("There is no such quiz of yours.");
    return { quizId, sessionId: null, statistics: found };
  }
  if (Object.keys(others).some((name) => name !== "quizId")) {
    throw ValidationError.of(
      ["session"],
      "Statistics of a session are over all of its attempts: leave the rest out.",
    );
  }
  const { rows } = await pool.query<PlayedSession>(
    "SELECT host_id, quiz_id, quiz_version_id FROM session WHERE id = $1::uuid",
    [sessionId],
  );
  const [session] = rows;
  const isAsked = session?.host_id === userId && (others.quizId ?? session.quiz_id) === session.quiz_id;
  if (!isAsked) throw new NotFoundError("There is no such session of yours.");
  const found = await statistics.ofSession(
    { id: sessionId as SessionId, quizVersionId: session.quiz_version_id },
    selection,
  );
  return { quizId: session.quiz_id, sessionId, statistics: found };
}

export function statisticsRows(of: StatisticsOf): readonly StatisticsRow[] {
  return of.statistics.questions.map((question, index) => ({ of, number: index + 1, question }));
}

export function distractorRows(of: StatisticsOf): readonly DistractorRow[] {
  return statisticsRows(of).flatMap((row) => row.question.choices.map((choice) => ({ ...row, choice })));
}
