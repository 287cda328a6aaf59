import type { CombinedError } from "@urql/core";
import type { MessageKey } from "../i18n/i18n.ts";

/** Whether it was the network (or a server that is just restarting), so that trying again is likely to help. */
export function isNetworkError(error: CombinedError): boolean {
  if (error.networkError !== undefined) return true;
  const status: unknown = error.response?.status;
  return typeof status === "number" && (status === 429 || status >= 500);
}

/** What to say about a failed operation. Expected refusals are no failures: they are in the data, as unions. */
export function errorKey(error: CombinedError): MessageKey {
  return isNetworkError(error) ? "common.errorNetwork" : "common.errorServer";
}
