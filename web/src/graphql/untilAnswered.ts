import type { CombinedError, OperationResult } from "@urql/core";
import { isNetworkError, isServerFault, isUnavailable, isUnknownOperation, waitAskedFor } from "./errors.ts";
import type { HeldUp } from "./heldUp.ts";
import { retryDelay, sleepUntilAwake } from "./retry.ts";

/** What came back; undefined: nothing, in a time in which something should have. */
type Answer<Data> = (Pick<OperationResult<Data>, "data"> & { error?: CombinedError | undefined }) | undefined;

export interface UntilAnsweredOptions {
  heldUp: HeldUp;
  /** Once it is aborted, nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
  /** Whether asking still makes sense; looked at before every time but the first. */
  wanted?: (() => boolean) | undefined;
  /** Called when asking has failed and will be tried again. */
  onRetry?: (() => void) | undefined;
}

/** A fault of the server that is still there after so many tries, a minute or more, is no passing one. */
const mostFaults = 30;

/**
 * Asks again and again until the server answers: through lost connections, and while parts of it are away, however long
 * that takes. Undefined only if the answer is not wanted any more.
 *
 * @throws CombinedError when the server answers with an error that asking again would not change.
 */
export async function untilAnswered<Data>(
  ask: (retries: number) => PromiseLike<Answer<Data>>,
  { heldUp, signal, wanted, onRetry }: UntilAnsweredOptions,
): Promise<Data | undefined> {
  const wait = heldUp.waiter();
  let faults = 0;
  try {
    for (let retries = 0; signal?.aborted !== true; retries += 1) {
      if (retries > 0 && wanted?.() === false) return undefined;
      const { data, error } = (await ask(retries)) ?? {};
      // Where a part is away, what it should have told may stand there as null: that is no answer.
      const away = error !== undefined && isUnavailable(error);
      const fault = error !== undefined && (isServerFault(error) || isUnknownOperation(error));
      const asked = waitAskedFor(error?.graphQLErrors);
      if (!away && !fault && asked === undefined && data !== undefined && data !== null) return data;
      faults = fault ? faults + 1 : 0;
      const passing =
        error === undefined ||
        away ||
        asked !== undefined ||
        isNetworkError(error) ||
        (fault && faults < mostFaults);
      if (!passing) throw error;
      wait(away);
      onRetry?.();
      await sleepUntilAwake(asked ?? retryDelay(retries));
    }
    return undefined;
  } finally {
    wait(false);
  }
}
