import type { ObjectRef } from "@pothos/core";
import {
  ForbiddenError,
  type InputIssue,
  NotFoundError,
  type Refusal,
  UnauthenticatedError,
  ValidationError,
} from "../core/refusals.ts";
import { builder, type SchemaTypes } from "./builder.ts";

export { ForbiddenError, NotFoundError, UnauthenticatedError, ValidationError };

/** The `Error` interface: every refusal that is a value of the schema implements it. */
export const ErrorInterface = builder.interfaceRef<Error>("Error").implement({
  description: "Why something was refused.",
  fields: (t) => ({
    message: t.exposeString("message", { description: "In English, fit to be shown." }),
  }),
});

type RefusalClass<Shape extends Refusal = Refusal> = new (...args: never[]) => Shape;

/** Registers a refusal that has nothing but its message. With more fields: `builder.objectType(TheClass, …)`. */
export function plainError(errorClass: RefusalClass, name: string, description: string): void {
  // Pothos knows a class by its constructor's parameters, which do not matter here: any plain one will do.
  builder.objectType(errorClass as typeof NotFoundError, { name, description, interfaces: [ErrorInterface] });
}

plainError(
  UnauthenticatedError,
  "UnauthenticatedError",
  "Needs a sign-in, or a player's token, that is valid.",
);
plainError(ForbiddenError, "ForbiddenError", "The caller is known, and may not do this.");
plainError(NotFoundError, "NotFoundError", "There is no such thing, or none that the viewer may know of.");

const ValidationIssue = builder.objectRef<InputIssue>("ValidationIssue").implement({
  description: "The path from the input down, list indexes as strings: questions, 1, choices.",
  fields: (t) => ({
    path: t.stringList({
      description: "Where it is wrong; empty for the input as a whole.",
      resolve: (issue) => [...issue.path],
    }),
    message: t.exposeString("message", { description: "What is wrong there." }),
  }),
});

builder.objectType(ValidationError, {
  name: "ValidationError",
  description: "What is wrong with the input, field by field.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.field({
      type: [ValidationIssue],
      description: "At least one.",
      resolve: (error) => [...error.issues],
    }),
  }),
});

/**
 * The result of a mutation that can be refused: a union of its success type and the refusals that it can meet.
 *
 *     const CreateQuizResult = refusable("CreateQuizResult", {
 *       success: CreateQuizSuccess,
 *       errors: [UnauthenticatedError, ValidationError],
 *     });
 *     builder.mutationField("createQuiz", (t) =>
 *       t.field({ type: CreateQuizResult, authScopes: { can: "MANAGE_QUIZZES" }, …, resolve: … }));
 *
 * The resolver returns the success; what it, the use case or `authScopes` throws and the union names becomes a
 * value. A refusal that the union does not name becomes a GraphQL error with its code. Each class named here must be
 * registered, by `plainError` or `builder.objectType`.
 */
export function refusable<Success extends object>(
  name: string,
  options: {
    readonly description?: string;
    readonly success: ObjectRef<SchemaTypes, Success>;
    readonly errors: readonly RefusalClass[];
  },
) {
  return builder.errorUnion(name, {
    description: options.description ?? "The success, or why it was refused.",
    types: [options.success, ...options.errors],
    omitDefaultTypes: true,
    resolveType: () => options.success.name,
  });
}
