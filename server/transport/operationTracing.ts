import { type ExecutionArgs, getOperationAST } from "graphql";
import type { Plugin } from "graphql-yoga";
import { noTracer, type Tracer } from "../observability/tracer.ts";

/**
 * Begins a trace with each query and mutation. Never goes on with one that a caller names: anybody could have all of
 * theirs recorded.
 */
export function operationTracing(tracer: Tracer): Plugin {
  if (tracer === noTracer) return {};
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const operation = getOperationAST(args.document, args.operationName);
      const kind = operation?.operation ?? "query";
      const field = operation?.selectionSet.selections.find((selection) => selection.kind === "Field");
      setExecuteFn((given: ExecutionArgs) =>
        tracer.span(
          `graphql.${kind}`,
          { "graphql.operation.type": kind, "graphql.field": field?.name.value ?? "" },
          async () => executeFn(given),
        ),
      );
    },
  };
}
