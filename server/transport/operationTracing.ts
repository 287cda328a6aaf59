import { getOperationAST } from "graphql";
import { noTracer, type Tracer } from "../observability/tracer.ts";
import type { Execute } from "./operations.ts";

/**
 * Begins a trace with each query and mutation. Never goes on with one that a caller names: anybody could have all of
 * theirs recorded.
 */
export function traced(tracer: Tracer, execute: Execute): Execute {
  if (tracer === noTracer) return execute;
  return (args) => {
    const operation = getOperationAST(args.document, args.operationName);
    const kind = operation?.operation ?? "query";
    const field = operation?.selectionSet.selections.find((selection) => selection.kind === "Field");
    const attributes = { "graphql.operation.type": kind, "graphql.field": field?.name.value ?? "" };
    return tracer.span(`graphql.${kind}`, attributes, async () => execute(args));
  };
}
