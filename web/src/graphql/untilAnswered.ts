import type { CombinedError, OperationResult } from "@urql/core";
import { isNetworkError } from "./errors.ts";
import { retryDelay, sleepUntilAwake } from "./retry.ts";

/**
 * Asks again and again until the server answers: for what a page cannot do without.
 *
 * @throws CombinedError when the server answers with an error.
 */
export async function untilAnswered<Data>(
  ask: () => PromiseLike<Pick<OperationResult<Data>, "data"> & { error?: CombinedError | undefined }>,
  signal?: AbortSignal,
): Promise<Data | undefined> {
  for (let retries = 0; signal?.aborted !== true; retries += 1) {
    const { data, error } = await ask();
    if (data !== undefined && data !== null) return data;
    if (error !== undefined && !isNetworkError(error)) throw error;
    await sleepUntilAwake(retryDelay(retries + 1));
  }
  return undefined;
}
