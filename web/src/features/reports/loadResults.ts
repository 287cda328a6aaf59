import type { Client, CombinedError } from "@urql/core";
import {
  ResultsAttemptsDocument,
  type ResultsAttemptsQuery,
  ResultsReviewDocument,
  ResultsSessionDocument,
  type ResultsSessionQuery,
} from "../../graphql/generated/graphql.ts";
import { attemptsPerPage, mostAnswers } from "./pageSize.ts";
import type { ResultsAttempt, ResultsQuestion } from "./resultsTable.ts";

type AttemptsPage = NonNullable<ResultsAttemptsQuery["session"]>["attempts"];
export type ResultsSession = NonNullable<ResultsSessionQuery["session"]>;

export interface LoadedResults {
  session: ResultsSession;
  attempts: ResultsAttempt[];
  questions: ResultsQuestion[];
}

/** How a load ended: with everything, with nothing to show to this viewer, or with an error worth a retry. */
export type ResultsOutcome =
  | { kind: "loaded"; results: LoadedResults }
  | { kind: "notFound" }
  | { kind: "signedOut" }
  | { kind: "notHost" }
  | { kind: "failed"; error: CombinedError };

/** A failed request on the way out of nested loading. */
class RequestFailed extends Error {
  override readonly cause: CombinedError;
  constructor(cause: CombinedError) {
    super(cause.message);
    this.cause = cause;
  }
}

async function loadAttempts(
  client: Client,
  { code, questionCount }: ResultsSession,
  onProgress: (loaded: number) => void,
): Promise<ResultsAttempt[]> {
  const variables = { code, first: attemptsPerPage(questionCount), answers: mostAnswers(questionCount) };
  const readPage = async (after: string | null): Promise<AttemptsPage | undefined> => {
    const { data, error } = await client.query(ResultsAttemptsDocument, { ...variables, after }).toPromise();
    if (error) throw new RequestFailed(error);
    return data?.session?.attempts;
  };
  const attempts = new Map<string, ResultsAttempt>();
  let after: string | null = null;
  for (;;) {
    const page = await readPage(after);
    for (const edge of page?.edges ?? []) if (edge) attempts.set(edge.node.id, edge.node);
    onProgress(attempts.size);
    const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    if (next === null || next === after) return [...attempts.values()];
    after = next;
  }
}

/**
 * The questions of the columns. While a self-paced session runs, its own review is empty: what the player who has come
 * furthest has behind them is all that anyone has.
 */
async function loadQuestions(
  client: Client,
  session: ResultsSession,
  attempts: readonly ResultsAttempt[],
): Promise<ResultsQuestion[]> {
  if (session.state !== "RUNNING" || session.review.length > 0) return session.review;
  const [first, ...rest] = attempts;
  if (!first) return [];
  const furthest = rest.reduce(
    (best, next) => (next.answeredCount > best.answeredCount ? next : best),
    first,
  );
  const { data, error } = await client.query(ResultsReviewDocument, { attemptId: furthest.id }).toPromise();
  if (error) throw new RequestFailed(error);
  return data?.node && "review" in data.node ? data.node.review.map(({ question }) => question) : [];
}

/** Reads a session's whole result, page by page. `onProgress` hears how many players there are so far, of how many. */
export async function loadResults(
  client: Client,
  code: string,
  onProgress: (loaded: number, total: number) => void,
): Promise<ResultsOutcome> {
  const { data, error } = await client.query(ResultsSessionDocument, { code }).toPromise();
  if (error) return { kind: "failed", error };
  const session = data?.session;
  if (!session) return { kind: "notFound" };
  if (!data.viewer?.user) return { kind: "signedOut" };
  if (!data.viewer.hosts) return { kind: "notHost" };
  try {
    onProgress(0, session.playerCount);
    const attempts = await loadAttempts(client, session, (loaded) => onProgress(loaded, session.playerCount));
    const questions = await loadQuestions(client, session, attempts);
    return { kind: "loaded", results: { session, attempts, questions } };
  } catch (reason) {
    if (reason instanceof RequestFailed) return { kind: "failed", error: reason.cause };
    throw reason;
  }
}
