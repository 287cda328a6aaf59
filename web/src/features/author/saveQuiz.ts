import { client } from "../../graphql/client.ts";
import {
  AuthorCreateQuizDocument,
  type AuthorQuizFragment,
  AuthorUpdateQuizDocument,
  type QuizInput,
} from "../../graphql/generated/graphql.ts";
import type { SaveResult } from "./autosave.ts";
import type { ServerIssue } from "./serverIssues.ts";

type Answer =
  | { __typename: "CreateQuizSuccess" | "UpdateQuizSuccess"; quiz: AuthorQuizFragment }
  | { __typename: "ValidationError"; message: string; issues: readonly ServerIssue[] }
  | { __typename: "UnauthenticatedError" | "ForbiddenError" | "NotFoundError"; message: string };

/** Creates the quiz, or changes the one with the id. */
export async function saveQuiz(quizId: string | null, input: QuizInput): Promise<SaveResult> {
  if (quizId === null) {
    const { data } = await client.mutation(AuthorCreateQuizDocument, { input }).toPromise();
    return resultOf(data?.createQuiz);
  }
  const { data } = await client.mutation(AuthorUpdateQuizDocument, { id: quizId, input }).toPromise();
  return resultOf(data?.updateQuiz);
}

function resultOf(answer: Answer | undefined): SaveResult {
  switch (answer?.__typename) {
    case "CreateQuizSuccess":
    case "UpdateQuizSuccess":
      return { kind: "saved", quiz: answer.quiz };
    case "ValidationError": {
      const { issues, message } = answer;
      return { kind: "invalid", issues: issues.length > 0 ? issues : [{ path: [], message }] };
    }
    case "UnauthenticatedError":
      return { kind: "refused", reason: "signedOut" };
    case "ForbiddenError":
      return { kind: "refused", reason: "forbidden" };
    case "NotFoundError":
      return { kind: "refused", reason: "gone" };
    case undefined:
      return { kind: "unreachable" };
  }
}
