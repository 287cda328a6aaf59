import type { Client, CombinedError } from "@urql/core";
import { type ComputedRef, computed, onScopeDispose, type Ref, ref, shallowRef, watch } from "vue";
import { loadResults, type ResultsSession } from "./loadResults.ts";
import { refreshDelay } from "./pageSize.ts";
import { buildResultsTable, type ResultsTable } from "./resultsTable.ts";

export type ResultsStatus = "loading" | "ready" | "notFound" | "signedOut" | "notHost" | "failed";

export interface UseResults {
  status: Ref<ResultsStatus>;
  session: Ref<ResultsSession | null>;
  table: Ref<ResultsTable | null>;
  /** Players read so far and in all, during the first load. */
  progress: Ref<{ loaded: number; total: number }>;
  error: Ref<CombinedError | null>;
  /** Whether the last refresh failed while older results are still on screen. */
  stale: Ref<boolean>;
  running: ComputedRef<boolean>;
  /** The game is over, and the last of its answers are still on their way into the results. */
  saving: ComputedRef<boolean>;
  reload: () => Promise<void>;
}

const savingDelayMs = 1_000;

/** The results of the session with this code: loaded once, and again now and then until it is finished and saved. */
export function useResults(options: { client: Client; code: () => string }): UseResults {
  const status = ref<ResultsStatus>("loading");
  const session = shallowRef<ResultsSession | null>(null);
  const table = shallowRef<ResultsTable | null>(null);
  const progress = ref({ loaded: 0, total: 0 });
  const error = shallowRef<CombinedError | null>(null);
  const stale = ref(false);
  const running = computed(() => session.value !== null && session.value.state !== "FINISHED");
  const saving = computed(() => !running.value && (session.value?.unsavedChanges ?? 0) > 0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  function later(milliseconds: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void reload(), milliseconds);
  }

  async function reload(): Promise<void> {
    clearTimeout(timer);
    turn += 1;
    const mine = turn;
    const outcome = await loadResults(options.client, options.code(), (loaded, total) => {
      if (mine === turn) progress.value = { loaded, total };
    });
    // Another load has begun meanwhile, or the page is gone.
    if (mine !== turn) return;
    if (outcome.kind === "failed") {
      error.value = outcome.error;
      stale.value = table.value !== null;
      if (table.value === null) status.value = "failed";
      else later(5000);
      return;
    }
    if (outcome.kind !== "loaded") {
      status.value = outcome.kind;
      return;
    }
    const { results } = outcome;
    session.value = results.session;
    table.value = buildResultsTable(results.attempts, results.questions, results.session.state);
    error.value = null;
    stale.value = false;
    status.value = "ready";
    if (saving.value) later(savingDelayMs);
    if (running.value) later(refreshDelay(results.session.playerCount, results.session.questionCount));
  }

  watch(
    options.code,
    () => {
      status.value = "loading";
      session.value = null;
      table.value = null;
      progress.value = { loaded: 0, total: 0 };
      void reload();
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    turn += 1;
    clearTimeout(timer);
  });

  return { status, session, table, progress, error, stale, running, saving, reload };
}
