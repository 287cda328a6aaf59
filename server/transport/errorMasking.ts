import { type ExecutionResult, GraphQLError } from "graphql";
import { handleStreamOrSingleExecutionResult, type Plugin } from "graphql-yoga";
import { maskError, type ReportError } from "../graphql/masking.ts";
import type { TransportContext } from "./execution.ts";

/** Masks what operations answer, under the id of their request; each answer of a subscription too. */
export function errorMasking(report: ReportError): Plugin<TransportContext> {
  const masked =
    (requestId: string) =>
    ({ result, setResult }: { result: ExecutionResult; setResult: (result: ExecutionResult) => void }) => {
      if (result.errors === undefined) return;
      setResult({ ...result, errors: result.errors.map((error) => maskError(error, report, requestId)) });
    };
  return {
    onExecute({ args }) {
      const mask = masked(args.contextValue.requestId);
      return { onExecuteDone: (payload) => handleStreamOrSingleExecutionResult(payload, mask) };
    },
    onSubscribe({ args }) {
      const { requestId } = args.contextValue;
      const mask = masked(requestId);
      return {
        onSubscribeResult: (payload) => handleStreamOrSingleExecutionResult(payload, mask),
        onSubscribeError({ error, setError }) {
          // The caller went away; nobody hears of it.
          if (error instanceof Error && error.name === "AbortError") throw error;
          setError(maskError(error, report, requestId));
        },
      };
    },
  };
}

/** For what fails before there is an operation: an unreadable body, a context that cannot be made. */
export function maskRequestError(report: ReportError): (error: unknown) => Error {
  return (error) => (error instanceof GraphQLError || !isAbort(error) ? maskError(error, report) : error);
}

const isAbort = (error: unknown): error is Error => error instanceof Error && error.name === "AbortError";
