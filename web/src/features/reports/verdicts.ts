import type { MessageKey } from "../../i18n/i18n.ts";
import type { Verdict } from "./resultsTable.ts";

interface VerdictLook {
  /** Says the same as the colour, for those who do not see it. */
  sign: string;
  label: MessageKey;
  classes: string;
}

/** How each verdict looks and is called, in the table, its legend and its dialogs. */
export const verdictLooks: Record<Verdict, VerdictLook> = {
  right: { sign: "✓", label: "reports.verdict.right", classes: "bg-good-soft text-good" },
  partial: { sign: "◐", label: "reports.verdict.partial", classes: "bg-choice-3-soft text-choice-3" },
  wrong: { sign: "✗", label: "reports.verdict.wrong", classes: "bg-bad-soft text-bad" },
  missed: { sign: "–", label: "reports.verdict.missed", classes: "text-ink-soft" },
  pending: { sign: "…", label: "reports.verdict.pending", classes: "text-ink-soft" },
  withheld: { sign: "?", label: "reports.verdict.withheld", classes: "text-ink-soft" },
};
