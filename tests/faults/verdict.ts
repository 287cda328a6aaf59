import type { Findings } from "./checker.ts";

/** How a run went. */
export interface Verdict {
  readonly findings: Findings;
  /** Processes that were ended by SIGKILL. */
  readonly kills: number;
  readonly otherFaults: number;
  /** What is wrong beside the findings, each as a sentence. */
  readonly problems: readonly string[];
}

const FIGURES = ["lost", "duplicated", "mismatched", "regressed", "late"] as const;
const SHOWN = 10;

/** Whether nothing was found, and there was something to find it in. */
export function isClean({ findings, problems }: Verdict): boolean {
  return (
    findings.acknowledged > 0 &&
    problems.length === 0 &&
    FIGURES.every((figure) => findings[figure].length === 0)
  );
}

/** What was found, each with its details, and then all in one line. */
export function report(verdict: Verdict): string[] {
  const { findings, kills, otherFaults, problems } = verdict;
  const details = [
    ...FIGURES.map((figure) => [figure, findings[figure]] as const),
    ["problem", problems] as const,
  ];
  const counts = FIGURES.map((figure) => `${findings[figure].length} ${figure}`);
  return [
    ...details.flatMap(([figure, found]) => [
      ...found.slice(0, SHOWN).map((text) => `${figure}: ${text}`),
      ...(found.length > SHOWN ? [`${figure}: and ${found.length - SHOWN} more`] : []),
    ]),
    ...(findings.unverifiable > 0
      ? [`${findings.unverifiable} answers whose question's end went unseen were not judged for lateness`]
      : []),
    [
      `${findings.acknowledged} acknowledged`,
      `${kills} kills`,
      `${otherFaults} other faults`,
      ...counts,
    ].join(", "),
  ];
}
