import { useFullscreen } from "@vueuse/core";
import { useRouter } from "vue-router";
import { useT } from "../../i18n/i18n.ts";
import { useConfirm } from "../../ui/useConfirm.ts";
import { useToasts } from "../../ui/useToasts.ts";
import type { HostRoom } from "./useHostRoom.ts";

export interface UseHostActions {
  /** Does what the main button says. */
  primary: () => Promise<void>;
  close: () => Promise<void>;
  /** Results ⇄ leaderboard of a closed question. */
  toggleLeaderboard: () => void;
  /** After asking: ends the session, whatever its state. */
  finish: () => Promise<void>;
  /** After asking: takes a player out. */
  remove: (player: { attemptId: string; nickname: string }) => Promise<void>;
  toggleFullscreen: () => void;
}

/**
 * A press that comes this soon after the screen has changed was meant for what was there before: a double click on
 * "Next" must not close the question that it opened.
 */
const settleMs = 600;

/** What the host can do, by button, key or remote. */
export function useHostActions(room: HostRoom, code: () => string): UseHostActions {
  const { t } = useT();
  const { confirm } = useConfirm();
  const toasts = useToasts();
  const router = useRouter();
  const fullscreen = useFullscreen();
  const { commands, session, closedView } = room;

  async function finish(): Promise<void> {
    const confirmed = await confirm({
      title: t("host.finishTitle"),
      description: t("host.finishText"),
      confirmLabel: t("host.finish"),
      danger: true,
    });
    if (confirmed) await commands.finish();
  }

  async function primary(): Promise<void> {
    if (!room.access.hosts.value || performance.now() - room.changedAt.value < settleMs) return;
    switch (room.primary.value) {
      case "start":
        await commands.start();
        return;
      case "close":
        await commands.close();
        return;
      case "showLeaderboard":
        closedView.value = "leaderboard";
        return;
      case "next":
      case "showPodium":
        await commands.next(session.value?.question?.id ?? null);
        return;
      case "finish":
        await finish();
        return;
      case "openResults":
        await router.push({ name: "results", params: { code: code() } });
        return;
      case null:
        return;
    }
  }

  return {
    primary,
    finish,
    close: async () => {
      if (session.value?.state === "QUESTION_OPEN" && room.access.hosts.value) await commands.close();
    },
    toggleLeaderboard: () => {
      if (session.value?.state !== "QUESTION_CLOSED") return;
      closedView.value = closedView.value === "results" ? "leaderboard" : "results";
    },
    remove: async ({ attemptId, nickname }) => {
      const confirmed = await confirm({
        title: t("host.removeTitle", { name: nickname }),
        description: t("host.removeText"),
        confirmLabel: t("host.remove"),
        danger: true,
      });
      if (confirmed && (await commands.remove(attemptId)))
        toasts.success(t("host.removed", { name: nickname }));
    },
    toggleFullscreen: () => {
      fullscreen.toggle().catch(() => {
        // The browser refuses it, e.g. inside a frame: the page works as it is.
      });
    },
  };
}
