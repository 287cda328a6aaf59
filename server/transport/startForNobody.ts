import type { GraphQLParams } from "graphql-yoga";
import type { Execution } from "./execution.ts";
import type { Open } from "./sharedExecution/index.ts";

const NOBODY = { headers: new Headers(), connectionParams: undefined };

/** Whether an operation was started here, for all who share it, and not by a client. */
export const isForNobody = (caller: unknown): boolean => caller === NOBODY;

/** The operation as either transport has it. */
type Params = { readonly [Name in keyof GraphQLParams]: GraphQLParams[Name] | null | undefined };

/** Starts a subscription with a context that has nobody's identity: what comes of it may be shown to everyone. */
export function startForNobody(execution: Pick<Execution, "getEnveloped">, params: Params): Open {
  const { operationName = null, variables = null } = params;
  return async (document) => {
    const { schema, subscribe, contextFactory } = execution.getEnveloped({ caller: NOBODY, params });
    const contextValue = await contextFactory();
    return subscribe({ schema, document, operationName, variableValues: variables, contextValue });
  };
}
