import { type ExecutionArgs, type ExecutionResult, GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Tracer } from "../observability/tracer.ts";
import { masked, type ReportFailure } from "./errorMasking.ts";
import type { Caller, TransportContext } from "./execution.ts";
import { rememberingCosts } from "./knownCosts.ts";
import { measured, type OperationRecorders } from "./operationMeasuring.ts";
import { traced } from "./operationTracing.ts";
import { createPlannedExecutor, type MaybePromise } from "./plannedExecution/index.ts";

/** An operation whose document is valid, with the context that it is executed in. */
export interface OperationArgs extends ExecutionArgs {
  readonly contextValue: TransportContext & Caller;
}

/** Brings a result that may go out; never rejects. */
export type Execute = (args: OperationArgs) => MaybePromise<ExecutionResult>;

export interface OperationParts {
  readonly report: ReportFailure;
  readonly recorders: OperationRecorders;
  readonly tracer: Tracer;
}

/** The one way in which queries and mutations are executed, whichever way they came: traced, masked, and measured as they go out. */
export function createExecute({ report, recorders, tracer }: OperationParts): Execute {
  return measured(recorders, masked(report, traced(tracer, rememberingCosts(createPlannedExecutor()))));
}

/** Yoga executes by it too, and is told what HTTP calls the result. */
export function executedBy(execute: Execute): Plugin<TransportContext & Caller> {
  return {
    onExecute({ setExecuteFn }) {
      setExecuteFn(async (args: ExecutionArgs) => withStatus(await execute(args as OperationArgs)));
    },
  };
}

/** What could not be begun, for its variables or its name, was a bad request. */
function withStatus(result: ExecutionResult): ExecutionResult {
  if ("data" in result || !result.errors) return result;
  const errors = result.errors.map(({ message, nodes, originalError, extensions }) => {
    const told = { ...extensions, http: { status: 400 } };
    return new GraphQLError(message, {
      nodes: nodes ?? null,
      originalError: originalError ?? null,
      extensions: told,
    });
  });
  return { errors };
}
