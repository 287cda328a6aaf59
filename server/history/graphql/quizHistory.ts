import { readPageRequest } from "../../core/page.ts";
import { builder } from "../../graphql/builder.ts";
import { countedConnection, pageArgs, pageComplexity } from "../../graphql/connections.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";
import { Quiz } from "../../quiz/graphql/index.ts";
import { AnswerType, AttemptType, SessionType } from "../../session/graphql/index.ts";
import { ANSWER_CURSOR_KEYS, type AnswerFilter } from "../index.ts";
import { AttemptFilterInput, NOTHING, readFilter } from "./attemptFilter.ts";
import { foundSessions } from "./foundSessions.ts";

const AnswerFilterInput = builder.inputType("AnswerFilter", {
  description: "Which answers; every rule that is given must hold.",
  fields: (t) => ({
    questionId: t.id({ description: "To this question." }),
    correct: t.boolean({ description: "Entirely right ones, or the others." }),
    answeredAfter: t.field({ type: "DateTime", description: "Given after this." }),
    answeredBefore: t.field({ type: "DateTime", description: "Given before this." }),
    attempts: t.field({ type: AttemptFilterInput, description: "Of attempts that this matches." }),
  }),
});

function readAnswerFilter(input: typeof AnswerFilterInput.$inferInput | null | undefined): AnswerFilter {
  const { questionId, correct, answeredAfter, answeredBefore, attempts } = input ?? {};
  return {
    ...(questionId != null && { questionId: readGlobalId("Question", questionId) ?? NOTHING }),
    ...(correct != null && { correct }),
    ...(answeredAfter != null && { answeredAfter }),
    ...(answeredBefore != null && { answeredBefore }),
    ...(attempts != null && { attempts: readFilter(attempts) }),
  };
}

const QuizSessionsConnection = countedConnection("QuizSessionsConnection", SessionType);
const QuizAnswersConnection = countedConnection("QuizAnswersConnection", AnswerType);

builder.objectField(Quiz, "sessions", (t) =>
  t.field({
    type: QuizSessionsConnection,
    description: "The sessions of the quiz that the viewer opened, newest first.",
    args: pageArgs(t.arg),
    complexity: pageComplexity,
    authScopes: { can: "READ_HISTORY" },
    resolve: async ({ id }, args, context) => {
      const { quizSessions } = context.services.history;
      return foundSessions(await quizSessions(id, requireUser(context), readPageRequest(args, 2)), context);
    },
  }),
);

builder.objectField(Quiz, "answers", (t) =>
  t.field({
    type: QuizAnswersConnection,
    description:
      "The answers to the questions that the quiz has or had, newest first: those in sessions that the viewer hosted, and their own.",
    args: {
      ...pageArgs(t.arg),
      filter: t.arg({ type: AnswerFilterInput, description: "Which answers." }),
    },
    complexity: pageComplexity,
    authScopes: { can: "READ_HISTORY" },
    resolve: ({ id }, args, context) =>
      context.services.history.answers(
        id,
        requireUser(context),
        readAnswerFilter(args.filter),
        readPageRequest(args, ANSWER_CURSOR_KEYS),
      ),
  }),
);

builder.objectField(AnswerType, "attempt", (t) =>
  t.field({
    type: AttemptType,
    nullable: true,
    description: "Whose answer it is; null only while the history does not have it yet.",
    resolve: ({ attemptId }, _args, { services }) => services.history.attempts.byId(attemptId),
  }),
);
