import { randomUUID } from "node:crypto";
import { GraphQLError } from "graphql";
import { isOutage } from "../core/outage.ts";
import { Refusal, UnavailableError } from "../core/refusals.ts";

/** Told of every error that is a bug or an outage, before it is masked. */
export type ReportError = (error: unknown, requestId: string) => void;

/**
 * The one rule of what an error tells outside, for every transport: refusals and the errors of GraphQL itself go out
 * as they are; everything else is reported, and goes out with nothing but the id under which it was reported, as UNAVAILABLE
 * where a part could not be reached and the same may be asked again, else as INTERNAL_SERVER_ERROR.
 */
export function maskError(
  error: unknown,
  report: ReportError,
  requestId: string = randomUUID(),
): GraphQLError {
  if (error instanceof GraphQLError && isMeantForCallers(error.originalError)) return error;
  if (error instanceof Refusal) return new GraphQLError(error.message, { originalError: error });
  report(error instanceof GraphQLError ? (error.originalError ?? error) : error, requestId);
  const [message, code] = isOutage(error)
    ? [new UnavailableError().message, "UNAVAILABLE"]
    : ["Something went wrong on our side.", "INTERNAL_SERVER_ERROR"];
  return new GraphQLError(message, {
    ...(error instanceof GraphQLError && { nodes: error.nodes ?? null, path: error.path ?? null }),
    extensions: { code, requestId },
  });
}

/** An error of GraphQL itself has no other behind it, or only one of its own kind. */
function isMeantForCallers(origin: Error | undefined): boolean {
  if (origin instanceof GraphQLError) return isMeantForCallers(origin.originalError);
  return origin === undefined || origin instanceof Refusal;
}
