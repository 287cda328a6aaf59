import { type ExecutionResult, GraphQLError } from "graphql";
import { handleStreamOrSingleExecutionResult, type Plugin } from "graphql-yoga";
import { maskError, type ReportError } from "../graphql/masking.ts";
import type { CallerIds } from "../observability/errorReports.ts";
import type { TransportContext } from "./execution.ts";

/** Told of what is masked, and of whose operation it was. */
export type ReportFailure = (error: unknown, caller: CallerIds) => void;

/** Masks what operations answer, under the id of their request; each answer of a subscription too. */
export function errorMasking(report: ReportFailure): Plugin<TransportContext> {
  const masked =
    (context: TransportContext) =>
    ({ result, setResult }: { result: ExecutionResult; setResult: (result: ExecutionResult) => void }) => {
      if (result.errors === undefined) return;
      setResult({ ...result, errors: result.errors.map((error) => mask(error, context)) });
    };
  const mask = (error: unknown, context: TransportContext) =>
    maskError(error, (cause) => report(cause, callerOf(context)), context.requestId);
  return {
    onExecute({ args }) {
      const maskResult = masked(args.contextValue);
      return { onExecuteDone: (payload) => handleStreamOrSingleExecutionResult(payload, maskResult) };
    },
    onSubscribe({ args }) {
      const maskResult = masked(args.contextValue);
      return {
        onSubscribeResult: (payload) => handleStreamOrSingleExecutionResult(payload, maskResult),
        onSubscribeError({ error, setError }) {
          // The caller went away; nobody hears of it.
          if (error instanceof Error && error.name === "AbortError") throw error;
          setError(mask(error, args.contextValue));
        },
      };
    },
  };
}

/** For what fails before there is an operation: an unreadable body, a context that cannot be made. */
export function maskRequestError(report: ReportFailure): (error: unknown) => Error {
  const tell: ReportError = (error, requestId) => report(error, { requestId });
  return (error) => (error instanceof GraphQLError || !isAbort(error) ? maskError(error, tell) : error);
}

function callerOf({ requestId, identity }: TransportContext): CallerIds {
  switch (identity?.kind) {
    case "user":
      return { requestId, userId: identity.userId };
    case "player":
      return { requestId, attemptId: identity.attemptId, sessionId: identity.sessionId };
    default:
      return { requestId };
  }
}

const isAbort = (error: unknown): error is Error => error instanceof Error && error.name === "AbortError";
