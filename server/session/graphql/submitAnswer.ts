import { ForbiddenError, NotFoundError, UnauthenticatedError, ValidationError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { refusable } from "../../graphql/errors.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { unauthenticated } from "../../graphql/identity.ts";
import type { AnswerRecord, AttemptSnapshot } from "../domain/session.ts";
import { AnswerType } from "./answer.ts";
import { AttemptType, questionFaced } from "./attempt.ts";
import { AlreadyAnsweredError, QuestionNotOpenError } from "./errors.ts";
import { LiveQuestionType } from "./question.ts";

const AnswerInput = builder.inputType("AnswerInput", {
  description:
    "Exactly one of the fields, the one that the question's kind asks for; another one, or an empty one, is a ValidationError.",
  isOneOf: true,
  fields: (t) => ({
    choiceIds: t.idList({ description: "SINGLE_CHOICE: one; MULTIPLE_CHOICE: one or more." }),
    text: t.string({ description: "TYPED." }),
    order: t.idList({ description: "ORDER: every choice, in the order that the player thinks right." }),
  }),
});

const SubmitAnswerInput = builder.inputType("SubmitAnswerInput", {
  description: "An answer to a question.",
  fields: (t) => ({
    questionId: t.id({ required: true, description: "The id of the question." }),
    answer: t.field({ type: AnswerInput, required: true, description: "The answer." }),
  }),
});

interface Submitted {
  readonly answer: AnswerRecord;
  readonly attempt: AttemptSnapshot;
}

const SubmitAnswerSuccess = builder.objectRef<Submitted>("SubmitAnswerSuccess").implement({
  description: "The answer is in safe keeping.",
  fields: (t) => ({
    answer: t.expose("answer", { type: AnswerType, description: "What it came to." }),
    attempt: t.expose("attempt", { type: AttemptType, description: "The player's run after it." }),
    next: t.field({
      type: LiveQuestionType,
      nullable: true,
      description: "SELF_PACED: the question that comes next, already running; null after the last.",
      resolve: async ({ attempt }, _args, context) => {
        const known = await context.services.sessions.reader.setupAndContent(attempt.record.sessionId);
        // With a retry that comes late, the one after it may have been missed already, and the next not handed out.
        return known?.setup.pacing === "SELF_PACED" ? questionFaced(attempt, context) : null;
      },
    }),
  }),
});

const SubmitAnswerResult = refusable("SubmitAnswerResult", {
  description: "ForbiddenError: the attempt was removed, or the token is not a player's.",
  success: SubmitAnswerSuccess,
  errors: [
    UnauthenticatedError,
    ForbiddenError,
    NotFoundError,
    QuestionNotOpenError,
    AlreadyAnsweredError,
    ValidationError,
  ],
});

const NO_QUESTION = "There is no such question in this session.";

builder.mutationField("submitAnswer", (t) =>
  t.field({
    type: SubmitAnswerResult,
    description:
      "Answers a question, once. Sending the same answer again (the order of choiceIds does not matter, except in\nORDER) returns the first result unchanged, even after the question or the session has ended, so a client that\nlost its connection may simply retry; a different second answer is refused.",
    args: {
      input: t.arg({
        type: SubmitAnswerInput,
        required: true,
        description: "Which question, and the answer.",
      }),
    },
    resolve: async (_root, { input }, context): Promise<Submitted> => {
      const { identity, services } = context;
      if (identity.kind === "anonymous") throw unauthenticated(context);
      if (identity.kind === "user") throw new ForbiddenError("Only players answer: join the session first.");
      const questionId = readGlobalId("Question", input.questionId);
      if (!questionId) throw new NotFoundError(NO_QUESTION);
      const { sessionId, attemptId } = identity;
      const outcome = await services.sessions.submit({
        sessionId,
        attemptId,
        questionId,
        answer: input.answer,
      });
      switch (outcome.kind) {
        case "accepted":
          context.answeredAttempts.add(attemptId);
          return outcome;
        case "already-answered":
          throw new AlreadyAnsweredError(outcome.answer);
        case "invalid":
          throw new ValidationError(outcome.issues);
        case "not-open":
          throw new QuestionNotOpenError("This question takes no answers now.");
        case "removed":
          throw new ForbiddenError("The host has removed you from this session.");
        case "not-found":
          throw new NotFoundError(NO_QUESTION);
      }
    },
  }),
);
