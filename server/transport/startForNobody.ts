import type { GraphQLParams } from "graphql-yoga";
import { type CallerLimits, UNLIMITED } from "../graphql/callerLimits.ts";
import type { ContextRequest } from "../graphql/context.ts";
import type { Execution } from "./execution.ts";
import type { Open } from "./sharedExecution/index.ts";

interface Nobody extends ContextRequest {
  readonly forNobody: true;
}

/** What the first who asks is held to where a code is looked up: whoever joins later has no part in that. */
const nobody = (limits: CallerLimits): Nobody => ({ headers: new Headers(), limits, forNobody: true });

/** Whether an operation was started here, for all who share it, and not by a client. */
export const isForNobody = (caller: unknown): boolean =>
  typeof caller === "object" && caller !== null && "forNobody" in caller;

/** The operation as either transport has it. */
type Params = { readonly [Name in keyof GraphQLParams]: GraphQLParams[Name] | null | undefined };

/** Starts a subscription with a context that has nobody's identity: what comes of it may be shown to everyone. */
export function startForNobody(
  execution: Pick<Execution, "getEnveloped">,
  params: Params,
  limits: CallerLimits = UNLIMITED,
): Open {
  const { operationName = null, variables = null } = params;
  return async (document) => {
    const { schema, subscribe, contextFactory } = execution.getEnveloped({ caller: nobody(limits), params });
    const contextValue = await contextFactory();
    return subscribe({ schema, document, operationName, variableValues: variables, contextValue });
  };
}
