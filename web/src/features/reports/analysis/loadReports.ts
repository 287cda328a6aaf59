import type { Client } from "@urql/core";
import {
  type AttemptFilter,
  type AttemptSelection,
  QuizReportDocument,
  ReportedQuizDocument,
  SessionReportDocument,
  type SessionReportQuery,
} from "../../../graphql/generated/graphql.ts";
import { type ReportedQuestion, type ReportStatistics, reportedQuestions } from "./reportedQuestion.ts";
import type { ReportOutcome } from "./useReport.ts";

type ReportedSession = Extract<NonNullable<SessionReportQuery["node"]>, { quizTitle: string }>;

interface Report {
  readonly statistics: ReportStatistics;
  readonly questions: readonly ReportedQuestion[];
  readonly quizId: string;
  /** Whether the viewer can edit the quiz. */
  readonly mine: boolean;
}

export interface SessionReport extends Report {
  readonly session: Pick<
    ReportedSession,
    "id" | "code" | "quizTitle" | "state" | "pacing" | "createdAt" | "questionCount" | "unsavedChanges"
  >;
}

export interface QuizReport extends Report {
  readonly title: string;
}

/** The report of one session, for its host. */
export async function loadSessionReport(
  client: Client,
  id: string,
  attempts: AttemptSelection,
): Promise<ReportOutcome<SessionReport>> {
  const { data, error } = await client.query(SessionReportDocument, { id, attempts }).toPromise();
  if (error) return { kind: "failed", error };
  const session = data?.node;
  if (!session || !("quizTitle" in session)) return { kind: "notFound" };
  if (!data.viewer?.user) return { kind: "signedOut" };
  if (!session.statistics) return { kind: "notOwner" };
  const { statistics, review, quizId } = session;
  const details = review.map(({ results, ...question }) => ({ ...question, texts: results.texts }));
  // That the quiz is gone, or cannot be asked for, takes nothing from the report but a link.
  const quiz = await client.query(ReportedQuizDocument, { id: quizId }).toPromise();
  return {
    kind: "loaded",
    report: {
      session,
      statistics,
      questions: reportedQuestions(statistics.questions, details),
      quizId,
      mine: quiz.data?.quiz?.mine ?? false,
    },
  };
}

/** The report of a quiz over all its sessions, for its owner. */
export async function loadQuizReport(
  client: Client,
  id: string,
  attempts: AttemptSelection,
  filter: AttemptFilter,
): Promise<ReportOutcome<QuizReport>> {
  const { data, error } = await client.query(QuizReportDocument, { id, attempts, filter }).toPromise();
  if (error) return { kind: "failed", error };
  if (!data?.viewer?.user) return { kind: "signedOut" };
  const { quiz, quizStatistics: statistics } = data;
  if (!quiz) return { kind: "notFound" };
  if (!statistics) return { kind: "notOwner" };
  const details = (quiz.questions ?? []).map((question) => ({ ...question, texts: [] }));
  return {
    kind: "loaded",
    report: {
      title: quiz.title,
      statistics,
      questions: reportedQuestions(statistics.questions, details),
      quizId: quiz.id,
      mine: quiz.mine,
    },
  };
}
