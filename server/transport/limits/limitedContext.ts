import { GraphQLError } from "graphql";
import { RateLimitedError } from "../../core/refusals.ts";
import type { ContextRequest, Identity } from "../../graphql/context.ts";
import type { Limits } from "./limits.ts";

/**
 * Makes contexts for callers who have not asked too much, whichever way they come. Rejects with a GraphQL error otherwise,
 * which over HTTP is a 429. What the server starts by itself has no address, and is not counted.
 */
export function limitedContext<Context extends { readonly identity?: Identity }>(
  createContext: (request: ContextRequest) => Promise<Context>,
  limits: Limits,
): (request: ContextRequest) => Promise<Context> {
  return async (request) => {
    const { address } = request;
    if (address === undefined) return createContext(request);
    const context = await createContext(
      request.limits === undefined ? { ...request, limits: limits.of(address) } : request,
    );
    try {
      limits.admit(context.identity, address);
    } catch (error) {
      throw error instanceof RateLimitedError ? requestError(error) : error;
    }
    return context;
  };
}

/** `http` is for Yoga alone: it is not enumerable, so that it is never sent. */
function requestError({ message, extensions, retryAfterSeconds }: RateLimitedError): GraphQLError {
  const told = { ...extensions };
  const headers = { "Retry-After": String(retryAfterSeconds) };
  Object.defineProperty(told, "http", { value: { status: 429, headers } });
  return new GraphQLError(message, { extensions: told });
}
