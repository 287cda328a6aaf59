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
import { isForNobody } from "./startForNobody.ts";

export interface OperationRecorders {
  readonly operations: OperationRecorder;
  readonly answers: Pick<AnswerRecorder, "acknowledged">;
}

/** Counts and times operations of both transports, from their arrival to what goes out, as it goes out. */
export function operationMeasuring({
  operations,
  answers,
}: OperationRecorders): Plugin<TransportContext & Caller> {
  const arrivals = new WeakMap<object, number>();
  const since = (context: object) =>
    (performance.now() - (arrivals.get(context) ?? performance.now())) / 1000;

  return {
    onEnveloped({ context }) {
      if (context) arrivals.set(context, performance.now());
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
    onExecute({ args }) {
      const context = args.contextValue;
      const kind = getOperationAST(args.document, args.operationName)?.operation ?? "query";
      return {
        onExecuteDone({ result }) {
          const seconds = since(context);
          const outcome = isAsyncIterable(result) ? "ok" : outcomeOf(result);
          operations.ended(transportOf(context), kind, outcome, seconds);
          if (context.answeredAttempts?.size) answers.acknowledged(seconds);
        },
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

/** A WebSocket gives its caller beside the request; HTTP has only the request. */
const transportOf = (context: Partial<Caller>): Transport => (context.caller === undefined ? "http" : "ws");

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

function outcomeOf({ errors = [] }: ExecutionResult): OperationOutcome {
  const outcomes = new Set(errors.map(outcomeOfError));
  if (outcomes.has("failed")) return "failed";
  if (outcomes.has("unavailable")) return "unavailable";
  return outcomes.has("refused") ? "refused" : "ok";
}

function outcomeOfError({ extensions }: GraphQLError): OperationOutcome {
  if (extensions["code"] === "INTERNAL_SERVER_ERROR") return "failed";
  return extensions["code"] === "UNAVAILABLE" ? "unavailable" : "refused";
}
