import { CombinedError, type OperationResult } from "@urql/core";
import { onScopeDispose, type Ref, ref } from "vue";
import { useApi } from "../../graphql/api.ts";
import { errorKey } from "../../graphql/errors.ts";
import {
  CloseQuestionDocument,
  type CommandResultFragment,
  FinishSessionDocument,
  NextQuestionDocument,
  RemovePlayerDocument,
  type SessionState,
  StartSessionDocument,
} from "../../graphql/generated/graphql.ts";
import { untilAnswered } from "../../graphql/untilAnswered.ts";
import { useT } from "../../i18n/i18n.ts";
import { useToasts } from "../../ui/useToasts.ts";
import { refusalKey } from "./refusals.ts";

export type HostCommand = "start" | "next" | "close" | "finish" | "remove";
type Send = () => Promise<OperationResult<{ result: CommandResultFragment }>>;

export interface UseHostCommands {
  /** The command on its way to the server, if any: one at a time. */
  pending: Ref<HostCommand | null>;
  /** It has failed, and is being sent again. */
  tryingAgain: Ref<boolean>;
  start: () => Promise<boolean>;
  /** `after`: the question on screen, so that two presses, or two devices, move one step. */
  next: (after: string | null) => Promise<boolean>;
  close: () => Promise<boolean>;
  finish: () => Promise<boolean>;
  remove: (attemptId: string) => Promise<boolean>;
}

/** What a command may look at to see that it is not needed any more. */
export interface Commanded {
  id: string;
  state: SessionState;
  question?: { id: string } | null | undefined;
}

/**
 * The host's commands. Every one says what it starts from, or changes nothing the second time, so one that got lost on
 * the network, or met a server that is held up, is sent until it is heard; or until the session shows that it was. What
 * the server refuses is said in a toast. They resolve to whether it was done.
 */
export function useHostCommands(session: () => Commanded | undefined): UseHostCommands {
  const { client, heldUp } = useApi();
  const { t } = useT();
  const toasts = useToasts();
  const pending = ref<HostCommand | null>(null);
  const tryingAgain = ref(false);
  const leaving = new AbortController();
  onScopeDispose(() => leaving.abort());

  async function run(command: HostCommand, send: Send, wanted?: () => boolean): Promise<boolean> {
    if (pending.value !== null) return false;
    pending.value = command;
    let repeated = false;
    try {
      const data = await untilAnswered<{ result: CommandResultFragment }>(send, {
        heldUp,
        signal: leaving.signal,
        wanted,
        onRetry: () => {
          repeated = true;
          tryingAgain.value = true;
        },
      });
      // Not wanted any more: what it was for has happened.
      if (data === undefined) return !leaving.signal.aborted;
      const { __typename } = data.result;
      if (__typename === "SessionSuccess") return true;
      // Sent twice and refused: the first one had arrived, only its answer got lost.
      if (repeated && __typename === "SessionStateError") return true;
      toasts.error(t(refusalKey(__typename)));
      return false;
    } catch (error) {
      if (!(error instanceof CombinedError)) throw error;
      toasts.error(t(errorKey(error)), {
        label: t("ui.retry"),
        run: () => void run(command, send, wanted),
      });
      return false;
    } finally {
      pending.value = null;
      tryingAgain.value = false;
    }
  }

  /**
   * Runs a command on the session, once there is one. Sent again, it must not meet a state that it was not meant for:
   * `fits` says whether the session is still where it was.
   */
  function onSession(
    command: HostCommand,
    fits: (now: Commanded, before: Commanded) => boolean,
    send: (id: string) => ReturnType<Send>,
  ): Promise<boolean> {
    const before = session();
    if (before === undefined) return Promise.resolve(false);
    const wanted = () => fits(session() ?? before, before);
    return run(command, () => send(before.id), wanted);
  }

  return {
    pending,
    tryingAgain,
    start: () =>
      onSession(
        "start",
        ({ state }) => state === "LOBBY",
        (sessionId) => client.mutation(StartSessionDocument, { sessionId }).toPromise(),
      ),
    next: (after) =>
      onSession(
        "next",
        ({ state, question }) => state !== "FINISHED" && (question?.id ?? null) === after,
        (sessionId) => client.mutation(NextQuestionDocument, { sessionId, after }).toPromise(),
      ),
    close: () =>
      onSession(
        "close",
        (now, before) => now.state === "QUESTION_OPEN" && now.question?.id === before.question?.id,
        (sessionId) => client.mutation(CloseQuestionDocument, { sessionId }).toPromise(),
      ),
    finish: () =>
      onSession(
        "finish",
        ({ state }) => state !== "FINISHED",
        (sessionId) => client.mutation(FinishSessionDocument, { sessionId }).toPromise(),
      ),
    remove: (attemptId) =>
      run("remove", () => client.mutation(RemovePlayerDocument, { attemptId }).toPromise()),
  };
}
