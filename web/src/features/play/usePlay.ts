import { CombinedError } from "@urql/core";
import { computed, onScopeDispose, ref, shallowReactive, shallowRef } from "vue";
import { providePlayerApi } from "../../graphql/api.ts";
import { isServerFault } from "../../graphql/errors.ts";
import { OwnSeatDocument } from "../../graphql/generated/graphql.ts";
import { untilAnswered } from "../../graphql/untilAnswered.ts";
import { watchConnection } from "../../graphql/watchConnection.ts";
import type { MessageKey } from "../../i18n/i18n.ts";
import { keepPending, pendingOf } from "../../session/seats.ts";
import { type SubmitOutcome, submitWithRetry } from "../../session/submitWithRetry.ts";
import type { GivenAnswer, LiveQuestion, OwnAnswer } from "../../session/types.ts";
import { useAttempt } from "../../session/useAttempt.ts";
import { useSession } from "../../session/useSession.ts";

interface Pending {
  questionId: string;
  answer: GivenAnswer;
}
/** An answer on its way. */
export interface Sending extends Pending {
  /** It did not arrive at the first try. */
  again: boolean;
}

export type Play = ReturnType<typeof usePlay>;

/** Everything that a player's screens show and do, for the seat that the token stands for. */
export function usePlay(code: string, token: string, onSeatLost: () => void) {
  const api = providePlayerApi(token);
  const sessionId = shallowRef<string>();
  const { session, clock } = useSession(code, { counts: true, onlyId: sessionId });
  const { attempt, fold } = useAttempt();

  const answers = shallowReactive(new Map<string, OwnAnswer>());
  const refusals = shallowReactive(new Map<string, MessageKey>());
  const sending = ref<Sending>();
  /** SELF_PACED: what the last acknowledgement said comes next; null: nothing more. */
  const handedOut = shallowRef<LiveQuestion | null>();
  const leaving = new AbortController();
  onScopeDispose(() => leaving.abort());

  async function loadSeat(): Promise<void> {
    try {
      const data = await untilAnswered(() => api.client.query(OwnSeatDocument, {}).toPromise(), {
        heldUp: api.heldUp,
        signal: leaving.signal,
      });
      if (data === undefined) return;
      const own = data.viewer?.attempt;
      if (!own || own.session.code !== code) return onSeatLost();
      sessionId.value = own.session.id;
      fold(own);
      for (const edge of own.answers.edges) if (edge) answers.set(edge.node.questionId, edge.node);
      resendPending();
    } catch (error) {
      // A fault of the server is no word about the seat.
      if (error instanceof CombinedError && isServerFault(error)) return void loadSeat();
      onSeatLost();
    }
  }

  function resendPending(): void {
    const pending = pendingOf<Pending>(code);
    if (pending === undefined || sending.value !== undefined) return;
    if (answers.has(pending.questionId)) keepPending(code, undefined);
    else void submit(pending.questionId, pending.answer);
  }

  function take(questionId: string, outcome: SubmitOutcome): void {
    switch (outcome.__typename) {
      case "SubmitAnswerSuccess":
        answers.set(questionId, outcome.answer);
        fold(outcome.attempt);
        handedOut.value = outcome.next ?? null;
        return;
      case "AlreadyAnsweredError":
        answers.set(questionId, outcome.answer);
        refusals.set(questionId, "play.refusedOther");
        return;
      case "QuestionNotOpenError":
        refusals.set(questionId, "play.refusedLate");
        return;
      case "ValidationError":
        refusals.set(questionId, "play.refusedInvalid");
        return;
      default:
        // Removed, or the seat is gone: the seat itself knows.
        void loadSeat();
    }
  }

  async function submit(questionId: string, answer: GivenAnswer): Promise<void> {
    if (answers.has(questionId) || sending.value !== undefined) return;
    const input: Pending = { questionId, answer };
    sending.value = { ...input, again: false };
    refusals.delete(questionId);
    keepPending(code, input);
    try {
      const outcome = await submitWithRetry(api, input, {
        signal: leaving.signal,
        onRetry: () => {
          sending.value = { ...input, again: true };
        },
      });
      if (outcome === undefined) return;
      take(questionId, outcome);
    } catch {
      refusals.set(questionId, "common.errorServer");
    }
    sending.value = undefined;
    keepPending(code, undefined);
  }

  // The first time, and after every loss: the pushes tell the score, this tells the answers.
  watchConnection(api.connection, loadSeat);
  void loadSeat();

  return {
    api,
    code,
    session,
    attempt,
    clock,
    answers,
    refusals,
    sending,
    handedOut,
    submit,
    away: computed(() => api.connection.state.value === "away"),
    heldUp: api.heldUp.active,
    signal: leaving.signal,
  };
}
