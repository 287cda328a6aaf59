import { UnauthenticatedError } from "../core/refusals.ts";
import type { Context } from "./context.ts";

/** How long a subscription may go on after its caller's sign-in has ended or their key was revoked. */
const LOOK_AGAIN_MS = 5_000;

/**
 * For subscriptions that show a caller more than everybody sees: looks again, at what is told and every five seconds at most,
 * whether who began to follow is still who they were. Without a sign-in, there is nothing to look at.
 * @throws UnauthenticatedError where they are not
 */
export function whileSignedIn<View, Value>(
  { identity, isStillSignedIn }: Pick<Context, "identity" | "isStillSignedIn">,
  read: (view: View) => Promise<Value>,
): (view: View) => Promise<Value> {
  let lookedAt = performance.now();
  return async (view) => {
    if (identity.kind === "user" && performance.now() - lookedAt >= LOOK_AGAIN_MS) {
      lookedAt = performance.now();
      if (!(await isStillSignedIn()))
        throw new UnauthenticatedError("Your sign-in is not valid any more: sign in again.");
    }
    return read(view);
  };
}
