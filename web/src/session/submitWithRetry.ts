import type { Api } from "../graphql/client.ts";
import { overWebSocket } from "../graphql/client.ts";
import { isNetworkError } from "../graphql/errors.ts";
import {
  SubmitAnswerDocument,
  type SubmitAnswerInput,
  type SubmitAnswerMutation,
} from "../graphql/generated/graphql.ts";
import { retryDelay, sleepUntilAwake } from "../graphql/retry.ts";

export type SubmitOutcome = SubmitAnswerMutation["submitAnswer"];

export interface SubmitOptions {
  /** Called when an attempt has failed and another one will follow. */
  onRetry?: () => void;
  /** Once it is aborted, no further attempt is made. */
  signal?: AbortSignal;
}

const socketPatienceMs = 3_000;

function silence(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}

/**
 * Sends an answer until the server has said something about it. The server gives the first result again for the same
 * answer (I3), so sending it twice is safe, and giving up never is. First over the open WebSocket, which needs no new
 * connection; if that stays silent, by HTTP. Undefined only when it was aborted.
 *
 * @throws CombinedError when the server refuses the request itself: a bug, or a token that no longer counts.
 */
export async function submitWithRetry(
  api: Api,
  input: SubmitAnswerInput,
  { onRetry, signal }: SubmitOptions = {},
): Promise<SubmitOutcome | undefined> {
  for (let retries = 0; signal?.aborted !== true; retries += 1) {
    const socket = retries === 0 && api.connection.state.value === "open";
    const sent = api.client
      .mutation(SubmitAnswerDocument, { input }, socket ? overWebSocket : {})
      .toPromise();
    const result = await (socket ? Promise.race([sent, silence(socketPatienceMs)]) : sent);
    if (result?.data) return result.data.submitAnswer;
    if (result?.error !== undefined && !isNetworkError(result.error)) throw result.error;
    onRetry?.();
    await sleepUntilAwake(retryDelay(retries));
  }
  return undefined;
}
