import type { QuizId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import {
  ForbiddenError,
  NotFoundError,
  refusable,
  UnauthenticatedError,
  ValidationError,
} from "../../graphql/errors.ts";
import { globalId, readGlobalId } from "../../graphql/globalIds.ts";
import { requireUser } from "../../graphql/identity.ts";
import type { Quiz as QuizShape } from "../quiz.ts";
import { Quiz } from "./quiz.ts";
import { QuizInput, withPlainIds } from "./quizInput.ts";

const quizSuccess = (name: string, description: string) =>
  builder.objectRef<{ quiz: QuizShape }>(name).implement({
    description,
    fields: (t) => ({
      quiz: t.field({ type: Quiz, description: "The quiz as it is now.", resolve: ({ quiz }) => quiz }),
    }),
  });

const DeleteQuizSuccess = builder.objectRef<{ id: QuizId }>("DeleteQuizSuccess").implement({
  description: "The quiz is gone.",
  fields: (t) => ({
    id: t.id({ description: "The id that it had.", resolve: ({ id }) => globalId("Quiz", id) }),
  }),
});

const CreateQuizResult = refusable("CreateQuizResult", {
  success: quizSuccess("CreateQuizSuccess", "The quiz is made."),
  errors: [UnauthenticatedError, ValidationError],
});

const UpdateQuizResult = refusable("UpdateQuizResult", {
  success: quizSuccess("UpdateQuizSuccess", "The quiz is saved."),
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError, ValidationError],
});

const DeleteQuizResult = refusable("DeleteQuizResult", {
  success: DeleteQuizSuccess,
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError],
});

const CopyQuizResult = refusable("CopyQuizResult", {
  success: quizSuccess("CopyQuizSuccess", "The copy is made."),
  errors: [UnauthenticatedError, ForbiddenError, NotFoundError],
});

builder.mutationFields((t) => ({
  createQuiz: t.field({
    type: CreateQuizResult,
    description: "Makes a quiz that belongs to the viewer.",
    authScopes: { can: "MANAGE_QUIZZES" },
    args: { input: t.arg({ type: QuizInput, required: true, description: "The quiz." }) },
    resolve: async (_root, { input }, context) => ({
      quiz: await context.services.quizzes.create(withPlainIds(input), requireUser(context)),
    }),
  }),
  updateQuiz: t.field({
    type: UpdateQuizResult,
    description: "Replaces a quiz of the viewer's by the input.",
    authScopes: { can: "MANAGE_QUIZZES" },
    args: {
      id: t.arg.id({ required: true, description: "The quiz's id." }),
      input: t.arg({ type: QuizInput, required: true, description: "The quiz as it is to be." }),
    },
    resolve: async (_root, { id, input }, context) => ({
      quiz: await context.services.quizzes.update(quizId(id), withPlainIds(input), requireUser(context)),
    }),
  }),
  deleteQuiz: t.field({
    type: DeleteQuizResult,
    description: "Takes a quiz of the viewer's away from everyone. Its sessions and their history stay.",
    authScopes: { can: "MANAGE_QUIZZES" },
    args: { id: t.arg.id({ required: true, description: "The quiz's id." }) },
    resolve: async (_root, args, context) => {
      const id = quizId(args.id);
      await context.services.quizzes.remove(id, requireUser(context));
      return { id };
    },
  }),
  copyQuiz: t.field({
    type: CopyQuizResult,
    description: "Makes the viewer a private copy, to edit, of a public quiz or of one of their own.",
    authScopes: { can: "MANAGE_QUIZZES" },
    args: { id: t.arg.id({ required: true, description: "The quiz's id." }) },
    resolve: async (_root, { id }, context) => ({
      quiz: await context.services.quizzes.copy(quizId(id), requireUser(context)),
    }),
  }),
}));

/** @throws NotFoundError where it cannot be a quiz's id */
function quizId(text: string): QuizId {
  const id = readGlobalId("Quiz", text);
  if (!id) throw new NotFoundError("There is no such quiz.");
  return id;
}
