import type { OperationResult } from "@urql/core";
import { type Ref, ref } from "vue";
import { useApi } from "../../graphql/api.ts";
import { errorKey, isNetworkError } from "../../graphql/errors.ts";
import {
  CloseQuestionDocument,
  type CommandResultFragment,
  FinishSessionDocument,
  NextQuestionDocument,
  RemovePlayerDocument,
  StartSessionDocument,
} from "../../graphql/generated/graphql.ts";
import { retryDelay, sleepUntilAwake } from "../../graphql/retry.ts";
import { useT } from "../../i18n/i18n.ts";
import { useToasts } from "../../ui/useToasts.ts";
import { refusalKey } from "./refusals.ts";

export type HostCommand = "start" | "next" | "close" | "finish" | "remove";
type Send = () => Promise<OperationResult<{ result: CommandResultFragment }>>;

export interface UseHostCommands {
  /** The command on its way to the server, if any: one at a time. */
  pending: Ref<HostCommand | null>;
  start: () => Promise<boolean>;
  /** `after`: the question on screen, so that two presses, or two devices, move one step. */
  next: (after: string | null) => Promise<boolean>;
  close: () => Promise<boolean>;
  finish: () => Promise<boolean>;
  remove: (attemptId: string) => Promise<boolean>;
}

const tries = 3;

/**
 * The host's commands. Every one says what it starts from, or changes nothing the second time, so one that got lost on
 * the network is simply sent again; what the server refuses is said in a toast. They resolve to whether it was done.
 */
export function useHostCommands(sessionId: () => string | undefined): UseHostCommands {
  const { client } = useApi();
  const { t } = useT();
  const toasts = useToasts();
  const pending = ref<HostCommand | null>(null);

  async function sendUntilHeard(send: Send): Promise<{ last: Awaited<ReturnType<Send>>; repeated: boolean }> {
    let last = await send();
    let attempt = 1;
    while (last.error && isNetworkError(last.error) && attempt < tries) {
      await sleepUntilAwake(retryDelay(attempt));
      last = await send();
      attempt += 1;
    }
    return { last, repeated: attempt > 1 };
  }

  async function run(command: HostCommand, send: Send): Promise<boolean> {
    if (pending.value !== null) return false;
    pending.value = command;
    try {
      const { last, repeated } = await sendUntilHeard(send);
      if (last.error) {
        toasts.error(t(errorKey(last.error)), { label: t("ui.retry"), run: () => void run(command, send) });
        return false;
      }
      const result = last.data?.result;
      if (result?.__typename === "SessionSuccess") return true;
      // Sent twice and refused: the first one had arrived, only its answer got lost.
      if (repeated && result?.__typename === "SessionStateError") return true;
      toasts.error(t(refusalKey(result?.__typename)));
      return false;
    } finally {
      pending.value = null;
    }
  }

  /** Runs a command that needs the session's id; before that is known there is nothing to command. */
  const withId = (command: HostCommand, send: (id: string) => ReturnType<Send>): Promise<boolean> => {
    const id = sessionId();
    return id === undefined ? Promise.resolve(false) : run(command, () => send(id));
  };

  return {
    pending,
    start: () =>
      withId("start", (id) => client.mutation(StartSessionDocument, { sessionId: id }).toPromise()),
    next: (after) =>
      withId("next", (id) => client.mutation(NextQuestionDocument, { sessionId: id, after }).toPromise()),
    close: () =>
      withId("close", (id) => client.mutation(CloseQuestionDocument, { sessionId: id }).toPromise()),
    finish: () =>
      withId("finish", (id) => client.mutation(FinishSessionDocument, { sessionId: id }).toPromise()),
    remove: (attemptId) =>
      run("remove", () => client.mutation(RemovePlayerDocument, { attemptId }).toPromise()),
  };
}
