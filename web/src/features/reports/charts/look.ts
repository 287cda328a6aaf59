/** What a chart takes from the page that it stands in. */
export interface ChartLook {
  readonly ink: string;
  readonly inkSoft: string;
  readonly rule: string;
  readonly ruleStrong: string;
  readonly raised: string;
  readonly good: string;
  readonly goodSoft: string;
  readonly bad: string;
  readonly badSoft: string;
  readonly note: string;
  readonly noteSoft: string;
  readonly main: string;
  readonly mainSoft: string;
  readonly other: string;
  readonly accent: string;
  readonly font: string;
  readonly displayFont: string;
  /** Whether things may move. */
  readonly moves: boolean;
  /** Narrow as a phone: fewer ticks, shorter labels. */
  readonly narrow: boolean;
}

/** Reads the page's colours and letters, as they are now, where this element stands. */
export function readLook(element: HTMLElement): ChartLook {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: read("--ink"),
    inkSoft: read("--ink-soft"),
    rule: read("--rule"),
    ruleStrong: read("--rule-strong"),
    raised: read("--paper-raised"),
    good: read("--good"),
    goodSoft: read("--good-soft"),
    bad: read("--bad"),
    badSoft: read("--bad-soft"),
    note: read("--choice-3"),
    noteSoft: read("--choice-3-soft"),
    main: read("--choice-2"),
    mainSoft: read("--choice-2-soft"),
    other: read("--choice-1"),
    accent: read("--accent"),
    font: style.fontFamily,
    displayFont: read("--font-display") || style.fontFamily,
    moves: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    narrow: element.clientWidth < 480,
  };
}
