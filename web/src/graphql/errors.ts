import type { CombinedError } from "@urql/core";
import type { MessageKey } from "../i18n/i18n.ts";

/** Whether it was the network (or a server that is just restarting), so that trying again is likely to help. */
export function isNetworkError(error: CombinedError): boolean {
  if (error.networkError !== undefined) return true;
  const status: unknown = error.response?.status;
  return typeof status === "number" && (status === 429 || status >= 500);
}

const codesOf = ({ graphQLErrors }: CombinedError) =>
  graphQLErrors.map(({ extensions }) => extensions["code"]);

interface Told {
  extensions?: Record<string, unknown> | undefined;
}

/** How long the server wants not to be asked, in milliseconds, a little more so that not all come back at once; else undefined. */
export function waitAskedFor(errors: readonly Told[] = [], random = Math.random): number | undefined {
  const limited = errors.find(({ extensions }) => extensions?.["code"] === "RATE_LIMITED");
  if (limited === undefined) return undefined;
  const seconds = limited.extensions?.["retryAfterSeconds"];
  return (typeof seconds === "number" ? seconds : 1) * 1_000 * (1 + random() / 4);
}

/**
 * Whether a server does not know what we send by its id: it is of another version than this page, for as long as servers
 * are being replaced.
 */
export function isUnknownOperation(error: CombinedError): boolean {
  return codesOf(error).includes("PERSISTED_OPERATION_NOT_FOUND");
}

/** Whether a part of the server is away: what was asked is to be asked again, and nothing is lost. */
export function isUnavailable(error: CombinedError): boolean {
  return codesOf(error).includes("UNAVAILABLE");
}

/** Whether something broke in the server. It may be away with the part that broke, or there to stay. */
export function isServerFault(error: CombinedError): boolean {
  return codesOf(error).includes("INTERNAL_SERVER_ERROR");
}

/** What to say about a failed operation. Expected refusals are no failures: they are in the data, as unions. */
export function errorKey(error: CombinedError): MessageKey {
  if (isUnavailable(error)) return "common.errorHeldUp";
  if (waitAskedFor(error.graphQLErrors) !== undefined) return "common.errorTooMany";
  if (isUnknownOperation(error)) return "common.errorNewVersion";
  return isNetworkError(error) ? "common.errorNetwork" : "common.errorServer";
}
