import { type DocumentNode, type ExecutionArgs, type ExecutionResult, execute } from "graphql";
import { executePlan } from "./executePlan.ts";
import { OperationPlan } from "./operationPlan.ts";
import type { MaybePromise } from "./promises.ts";

export type Execute = (args: ExecutionArgs) => MaybePromise<ExecutionResult>;

type Plans = Map<string | null, OperationPlan | null>;

/** In place of graphql-js's `execute`, for one schema: operations are planned when they are first met. */
export function createPlannedExecutor(): Execute {
  // A plan lasts for as long as somebody keeps its document.
  const plans = new WeakMap<DocumentNode, Plans>();

  function planOf({ schema, document, operationName = null }: ExecutionArgs): OperationPlan | null {
    const ofDocument: Plans = plans.get(document) ?? new Map();
    plans.set(document, ofDocument);
    const known = ofDocument.get(operationName);
    if (known !== undefined) return known;
    const plan = OperationPlan.of(schema, document, operationName);
    // Names that no operation has are the callers' inventions: there is no end to them.
    if (plan || operationName === null) ofDocument.set(operationName, plan);
    return plan;
  }

  return (args) => {
    const plan = planOf(args);
    return plan ? executePlan(plan, args) : execute(args);
  };
}
