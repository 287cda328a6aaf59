import type { Translator } from "../../../i18n/i18n.ts";
import type { Finding } from "./findings.ts";
import type { Revision } from "./revision.ts";

type Words = Pick<Translator, "t" | "n">;

const quoted = (text: string) => `“${text}”`;

/** What a finding says, in plain words and with its figures. */
export function findingText(finding: Finding, { t, n }: Words): string {
  const percent = (share: number) => n(share, { style: "percent" });
  const decimal = (value: number) => n(value, { maximumFractionDigits: 2 });
  switch (finding.kind) {
    case "misleads":
      return t("report.finding.misleads", { discrimination: decimal(finding.discrimination) });
    case "tellsLittle":
      return t("report.finding.tellsLittle", { discrimination: decimal(finding.discrimination) });
    case "bestPreferWrong":
      return t("report.finding.bestPreferWrong", {
        wrong: quoted(finding.choice.text),
        right: quoted(finding.key.text),
        picked: n(finding.choice.upperCount ?? 0),
        keyPicked: n(finding.key.upperCount ?? 0),
      });
    case "strongDistractor":
      return t("report.finding.strongDistractor", {
        wrong: quoted(finding.choice.text),
        right: quoted(finding.key.text),
        picked: n(finding.choice.count),
        keyPicked: n(finding.key.count),
      });
    case "guessed":
      return t("report.finding.guessed", {
        facility: percent(finding.facility),
        guess: percent(finding.guess),
      });
    case "tooHard":
      return t("report.finding.tooHard", { facility: percent(finding.facility) });
    case "tooEasy":
      return t("report.finding.tooEasy", { facility: percent(finding.facility) });
    case "oftenSkipped":
      return t("report.finding.oftenSkipped", { share: percent(finding.share) });
    case "idleDistractors":
      return t("report.finding.idleDistractors", {
        choices: finding.choices.map(({ text }) => quoted(text)).join(", "),
      });
  }
}

/** Why a question should come again, in plain words. */
export function revisionText({ question, reason }: Revision, { t, n }: Words): string {
  const known = t("report.revise.known", { right: n(question.correctCount), asked: n(question.askedCount) });
  switch (reason.kind) {
    case "mistaken":
      return `${known} ${t("report.revise.mistaken", { wrong: quoted(reason.text), count: reason.count })}`;
    case "guessed":
      return `${known} ${t("report.revise.guessed")}`;
    case "skipped":
      return `${known} ${t("report.revise.skipped", { count: reason.count })}`;
    case "unsure":
      return known;
    case "slow":
      return `${known} ${t("report.revise.slow", {
        seconds: n(reason.medianMs / 1000, { maximumFractionDigits: 1 }),
        limit: n(question.timeLimitSeconds ?? 0),
      })}`;
  }
}
