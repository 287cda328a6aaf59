import { useStorage, useTimeoutFn, useWakeLock } from "@vueuse/core";
import { type ComputedRef, computed, type Ref, ref, shallowRef, watch } from "vue";
import type { Entry, Standings } from "../../session/types.ts";
import { useLeaderboard } from "../../session/useLeaderboard.ts";
import { type UseSession, useSession } from "../../session/useSession.ts";
import { rememberStandings, type StandingsMemory } from "./rankChanges.ts";
import { type ClosedView, type PrimaryAction, primaryAction, type StageName, stageOf } from "./stage.ts";
import { type UseHostAccess, useHostAccess } from "./useHostAccess.ts";
import { type UseHostCommands, useHostCommands } from "./useHostCommands.ts";

export interface HostRoom extends UseSession {
  access: UseHostAccess;
  commands: UseHostCommands;
  leaderboard: Readonly<Ref<Standings | undefined>>;
  /** The standings that the question on screen started from. */
  before: ComputedRef<readonly Entry[]>;
  closedView: Ref<ClosedView>;
  stage: ComputedRef<StageName | null>;
  primary: ComputedRef<PrimaryAction | null>;
  /** Whether the leaderboard follows the results by itself, for a host who drives from another device. */
  autoLeaderboard: Ref<boolean>;
  /** When what is shown changed last, by `performance.now()`. */
  changedAt: Ref<number>;
}

const namesInLobby = 100;
const namesInGame = 30;
const resultsAloneMs = 10_000;

/**
 * Everything that a host's screen needs of one session: what to show, and what can be done about it. `firstView`: what
 * a closed question shows first; the remote has no results to step through and begins after them.
 */
export function useHostRoom(
  code: () => string,
  { firstView = "results" }: { firstView?: ClosedView } = {},
): HostRoom {
  const access = useHostAccess(code);
  const live = useSession(code, { counts: true, results: true, onlyId: access.sessionId });
  const { session } = live;
  const commands = useHostCommands(() => session.value);
  const { leaderboard } = useLeaderboard(code, () =>
    session.value === undefined || session.value.state === "LOBBY" ? namesInLobby : namesInGame,
  );

  const memory = shallowRef<StandingsMemory<Entry>>({ questionId: null, before: [] });
  const closedView = ref<ClosedView>(firstView);
  const autoLeaderboard = useStorage("host-auto-leaderboard", false);
  const changedAt = ref(0);
  const stage = computed(() => (session.value ? stageOf(session.value.state, closedView.value) : null));
  const primary = computed(() => {
    const live = session.value;
    return live ? primaryAction({ ...live, question: live.question ?? null }, closedView.value) : null;
  });

  watch(
    () => session.value?.question?.id ?? null,
    (questionId) => {
      memory.value = rememberStandings(memory.value, questionId, leaderboard.value?.entries ?? []);
    },
    { immediate: true },
  );
  watch([stage, () => session.value?.question?.id], () => {
    changedAt.value = performance.now();
  });

  const { start, stop } = useTimeoutFn(
    () => {
      if (session.value?.state === "QUESTION_CLOSED") closedView.value = "leaderboard";
    },
    resultsAloneMs,
    { immediate: false },
  );
  watch(
    () => session.value?.state,
    (state) => {
      closedView.value = firstView;
      stop();
      const { question, questionCount = 0 } = session.value ?? {};
      const last = question !== null && question !== undefined && question.number >= questionCount;
      if (state === "QUESTION_CLOSED" && autoLeaderboard.value && !last) start();
    },
  );

  // A projector that goes dark in the middle of a question stops the lesson.
  const wakeLock = useWakeLock();
  watch(
    () => session.value !== undefined && session.value.state !== "FINISHED",
    (playing) => {
      if (!wakeLock.isSupported.value) return;
      (playing ? wakeLock.request("screen") : wakeLock.release()).catch(() => {
        // Refused to save power: the game goes on without it.
      });
    },
  );

  return {
    ...live,
    access,
    commands,
    leaderboard,
    before: computed(() => memory.value.before),
    closedView,
    stage,
    primary,
    autoLeaderboard,
    changedAt,
  };
}
