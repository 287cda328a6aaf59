import { UnavailableError } from "../../../core/refusals.ts";

/** Redis' own words for "not now": it is starting, moving, failing over, busy, or may not write. */
const NOT_NOW =
  /^(LOADING|READONLY|CLUSTERDOWN|MOVED|ASK|TRYAGAIN|MASTERDOWN|OOM|MISCONF|BUSY|NOREPLICAS|UNKILLABLE|ERR max number of clients)\b/;

/**
 * What a command to Redis brings. Where it could not be sent, was not answered in time, or Redis cannot do it just now,
 * it rejects with an UnavailableError that has the cause. What is wrong with the command itself stays what it was.
 */
export async function reaching<Value>(command: Promise<Value>): Promise<Value> {
  try {
    return await command;
  } catch (error) {
    throw isOutage(error) ? new UnavailableError(undefined, { cause: error }) : error;
  }
}

/**
 * Redis' replies tell their kind by their first word. All else that the client itself says is about connections (there is
 * none, it broke, it timed out, no node of the cluster answers, …), in plain errors of many wordings.
 */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof UnavailableError) return false;
  if (error.name === "ReplyError") return NOT_NOW.test(error.message);
  return !["TypeError", "RangeError", "ReferenceError", "SyntaxError"].includes(error.name);
}
