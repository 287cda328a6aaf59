import type { CombinedError } from "@urql/core";
import { onScopeDispose, type Ref, ref, shallowRef, watch } from "vue";

/** How a load ended: with the report, with nothing that this viewer may see, or with an error worth a retry. */
export type ReportOutcome<Report> =
  | { readonly kind: "loaded"; readonly report: Report }
  | { readonly kind: "notFound" | "signedOut" | "notOwner" }
  | { readonly kind: "failed"; readonly error: CombinedError };

export type ReportStatus = "loading" | "ready" | "notFound" | "signedOut" | "notOwner" | "failed";

export interface UseReport<Report> {
  status: Readonly<Ref<ReportStatus>>;
  report: Readonly<Ref<Report | null>>;
  /** Why there is none; or, while one is shown, why it is not the newest. */
  error: Readonly<Ref<CombinedError | null>>;
  /** Whether another one is on its way while one is shown. */
  refreshing: Readonly<Ref<boolean>>;
  reload: () => Promise<void>;
}

/**
 * A report that is loaded at once and whenever what it is asked for changes; the old one stays until the new one is
 * there. `again` says in how many milliseconds it will have changed by itself; null: it will not.
 */
export function useReport<Asked, Report>(options: {
  asked: () => Asked;
  load: (asked: Asked) => Promise<ReportOutcome<Report>>;
  again?: (report: Report) => number | null;
}): UseReport<Report> {
  const status = ref<ReportStatus>("loading");
  const report = shallowRef<Report | null>(null);
  const error = shallowRef<CombinedError | null>(null);
  const refreshing = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function reload(): Promise<void> {
    clearTimeout(timer);
    turn += 1;
    const mine = turn;
    refreshing.value = report.value !== null;
    if (status.value === "failed") status.value = "loading";
    const outcome = await options.load(options.asked());
    // Something else has been asked meanwhile, or the page is gone.
    if (mine !== turn) return;
    refreshing.value = false;
    error.value = outcome.kind === "failed" ? outcome.error : null;
    if (outcome.kind === "failed" && report.value !== null) return;
    status.value = outcome.kind === "loaded" ? "ready" : outcome.kind;
    report.value = outcome.kind === "loaded" ? outcome.report : null;
    const wait = report.value === null ? null : options.again?.(report.value);
    if (wait != null) timer = setTimeout(() => void reload(), wait);
  }

  watch(options.asked, () => void reload(), { immediate: true });
  onScopeDispose(() => {
    turn += 1;
    clearTimeout(timer);
  });
  return { status, report, error, refreshing, reload };
}
