import { type ExecutionArgs, type ExecutionResult, type GraphQLError, getOperationAST } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import type { AnswerRecorder } from "../observability/answerMetrics.ts";
import type {
  OperationKind,
  OperationOutcome,
  OperationRecorder,
  Transport,
} from "../observability/operationMetrics.ts";
import { countedResults } from "./countedResults.ts";
import type { Caller, TransportContext } from "./execution.ts";
import type { Execute } from "./operations.ts";
import { isPromise } from "./plannedExecution/index.ts";
import { isForNobody } from "./startForNobody.ts";

export interface OperationRecorders {
  readonly operations: OperationRecorder;
  readonly answers: Pick<AnswerRecorder, "acknowledged">;
}

/** Counts and times queries and mutations of both transports, from their arrival to what goes out, as it goes out. */
export function measured({ operations, answers }: OperationRecorders, execute: Execute): Execute {
  return (args) => {
    const { contextValue: context, document, operationName } = args;
    const kind = getOperationAST(document, operationName)?.operation ?? "query";
    const ended = (result: ExecutionResult) => {
      const seconds = since(context);
      operations.ended(transportOf(context), kind, outcomeOf(result), seconds);
      if (context.answeredAttempts?.size) answers.acknowledged(seconds);
      return result;
    };
    const result = execute(args);
    return isPromise(result) ? result.then(ended) : ended(result);
  };
}

/** Counts what is no valid operation, and what is followed. */
export function operationMeasuring({ operations }: OperationRecorders): Plugin<TransportContext & Caller> {
  return {
    onEnveloped({ context, extendContext }) {
      if (context) extendContext({ arrivedAt: performance.now() });
    },
    onParse({ context }) {
      return ({ result }) => {
        if (result instanceof Error) operations.invalid(transportOf(context));
      };
    },
    onValidate({ context }) {
      return ({ valid }) => {
        if (!valid) operations.invalid(transportOf(context));
      };
    },
    onSubscribe({ args }) {
      const context = args.contextValue;
      // Those who share it are counted each for themselves.
      if (isForNobody(context.caller)) return;
      const transport = transportOf(context);
      const subscription = subscriptionOf(args);
      return {
        onSubscribeResult({ result, setResult }) {
          const kind: OperationKind = "subscription";
          if (!isAsyncIterable(result)) {
            operations.ended(transport, kind, outcomeOf(result), since(context));
            return;
          }
          operations.ended(transport, kind, "ok", since(context));
          operations.subscribed(subscription);
          setResult(
            countedResults(result, {
              delivered: () => operations.delivered(transport, subscription),
              ended: () => operations.unsubscribed(subscription),
            }),
          );
        },
      };
    },
  };
}

/** Seconds from the operation's arrival. */
function since({ arrivedAt }: Caller): number {
  const now = performance.now();
  return (now - (arrivedAt ?? now)) / 1000;
}

/** A WebSocket gives its caller beside the request; HTTP has only the request. */
const transportOf = ({ caller }: Caller): Transport => (caller === undefined ? "http" : "ws");

/** The schema's own name of the field that is followed: a valid subscription has one. */
function subscriptionOf({
  document,
  operationName,
  schema,
}: Pick<ExecutionArgs, "document" | "operationName" | "schema">): string {
  const selections = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  const name = selections.find((selection) => selection.kind === "Field")?.name.value;
  const known = schema.getSubscriptionType()?.getFields() ?? {};
  return name !== undefined && name in known ? name : "other";
}

function outcomeOf({ errors }: ExecutionResult): OperationOutcome {
  if (!errors) return "ok";
  const outcomes = new Set(errors.map(outcomeOfError));
  if (outcomes.has("failed")) return "failed";
  if (outcomes.has("unavailable")) return "unavailable";
  return outcomes.has("refused") ? "refused" : "ok";
}

function outcomeOfError({ extensions }: GraphQLError): OperationOutcome {
  if (extensions["code"] === "INTERNAL_SERVER_ERROR") return "failed";
  return extensions["code"] === "UNAVAILABLE" ? "unavailable" : "refused";
}
