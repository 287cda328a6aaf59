import type { Api } from "../graphql/client.ts";
import { overWebSocket } from "../graphql/client.ts";
import {
  SubmitAnswerDocument,
  type SubmitAnswerInput,
  type SubmitAnswerMutation,
} from "../graphql/generated/graphql.ts";
import { untilAnswered } from "../graphql/untilAnswered.ts";

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
 * answer (I3), so sending it twice is safe, and giving up never is: not even when the time on screen has run out, for
 * the server adds to it what an outage took away. First over the open WebSocket, which needs no new
 * connection; if that stays silent, by HTTP. Undefined only when it was aborted.
 *
 * @throws CombinedError when the server refuses the request itself: a bug, or a token that no longer counts.
 */
export async function submitWithRetry(
  api: Api,
  input: SubmitAnswerInput,
  options: SubmitOptions = {},
): Promise<SubmitOutcome | undefined> {
  const data = await untilAnswered<SubmitAnswerMutation>(
    (retries) => {
      const socket = retries === 0 && api.connection.state.value === "open";
      const sent = api.client
        .mutation(SubmitAnswerDocument, { input }, socket ? overWebSocket : {})
        .toPromise();
      return socket ? Promise.race([sent, silence(socketPatienceMs)]) : sent;
    },
    { heldUp: api.heldUp, ...options },
  );
  return data?.submitAnswer;
}
