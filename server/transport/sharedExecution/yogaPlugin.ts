import type { GraphQLParams, Plugin } from "graphql-yoga";
import type { CallerLimits } from "../../graphql/callerLimits.ts";
import type { Open, SharedExecution } from "./sharedExecution.ts";

interface OverHttp {
  /** Set where the operation did not come over HTTP. */
  readonly caller?: unknown;
  readonly params?: GraphQLParams;
  readonly limits?: CallerLimits;
}

/**
 * Shares subscriptions over server-sent events, with each other and with those over WebSocket: Yoga is given the
 * shared results, and goes on doing the protocol.
 */
export function sharedSubscriptions(
  shared: SharedExecution,
  openFor: (params: GraphQLParams, limits?: CallerLimits) => Open,
): Plugin<OverHttp> {
  return {
    onSubscribe({ args, setSubscribeFn }) {
      const { caller, params, limits } = args.contextValue;
      // A WebSocket joins by itself; and what is started on behalf of nobody is what the others share.
      if (caller !== undefined || !params || limits?.mayShare(params) === false) return;
      const { schema, document, operationName, variableValues } = args;
      const found = shared.find({ schema, document, operationName, variableValues }, openFor(params, limits));
      if (found) setSubscribeFn(() => found.results());
    },
  };
}
