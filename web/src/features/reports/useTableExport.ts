import { useT } from "../../i18n/i18n.ts";
import { useToasts } from "../../ui/useToasts.ts";
import { type ExportLabels, exportFileName, toClipboardText, toCsv } from "./csv.ts";
import type { ResultsTable } from "./resultsTable.ts";
import { verdictLooks } from "./verdicts.ts";

interface ExportedSession {
  quizTitle: string;
  code: string;
  createdAt: string;
}
export interface UseTableExport {
  download: (table: ResultsTable, session: ExportedSession) => void;
  copy: (table: ResultsTable) => Promise<void>;
}

/** Takes the table out of the page: as a file, or to the clipboard for a spreadsheet. Made in the browser alone. */
export function useTableExport(): UseTableExport {
  const { t } = useT();
  const toasts = useToasts();

  const labels = (): ExportLabels => ({
    rank: t("reports.rank"),
    player: t("reports.player"),
    score: t("reports.score"),
    correct: t("reports.rightCount"),
    answered: t("reports.answered"),
    question: (number) => t("reports.questionShort", { number }),
    result: t("reports.export.result"),
    points: t("reports.export.points"),
    seconds: t("reports.export.seconds"),
    verdict: (verdict) => t(verdictLooks[verdict].label),
  });

  function download(table: ResultsTable, { quizTitle, code, createdAt }: ExportedSession) {
    const url = URL.createObjectURL(new Blob([toCsv(table, labels())], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = exportFileName(quizTitle, code, createdAt.slice(0, 10));
    link.click();
    // Some browsers read the address only after the click has been handled.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  async function copy(table: ResultsTable) {
    try {
      await navigator.clipboard.writeText(toClipboardText(table, labels()));
      toasts.success(t("reports.copied"));
    } catch {
      // Not over https, or refused by the browser.
      toasts.error(t("reports.copyFailed"));
    }
  }

  return { download, copy };
}
