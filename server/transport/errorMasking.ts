import { type ExecutionResult, GraphQLError } from "graphql";
import { handleStreamOrSingleExecutionResult, type Plugin } from "graphql-yoga";
import { maskError, type ReportError } from "../graphql/masking.ts";
import type { CallerIds } from "../observability/errorReports.ts";
import type { TransportContext } from "./execution.ts";
import type { Execute } from "./operations.ts";
import { isPromise } from "./plannedExecution/index.ts";

/** Told of what is masked, and of whose operation it was. */
export type ReportFailure = (error: unknown, caller: CallerIds) => void;

/** Masks what queries and mutations answer, under the id of their request. */
export function masked(report: ReportFailure, execute: Execute): Execute {
  return (args) => {
    const result = execute(args);
    return isPromise(result)
      ? result.then((done) => maskResult(done, args.contextValue, report))
      : maskResult(result, args.contextValue, report);
  };
}

/** Masks each answer of a subscription. */
export function subscriptionMasking(report: ReportFailure): Plugin<TransportContext> {
  return {
    onSubscribe({ args: { contextValue } }) {
      return {
        onSubscribeResult: (payload) =>
          handleStreamOrSingleExecutionResult(payload, ({ result, setResult }) =>
            setResult(maskResult(result, contextValue, report)),
          ),
        onSubscribeError({ error, setError }) {
          // The caller went away; nobody hears of it.
          if (isAbort(error)) throw error;
          setError(mask(error, contextValue, report));
        },
      };
    },
  };
}

function maskResult(
  result: ExecutionResult,
  context: TransportContext,
  report: ReportFailure,
): ExecutionResult {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => mask(error, context, report)) };
}

function mask(error: unknown, context: TransportContext, report: ReportFailure): GraphQLError {
  return maskError(error, (cause) => report(cause, callerOf(context)), context.requestId);
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
