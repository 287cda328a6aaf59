import type { ReportedQuestion } from "./reportedQuestion.ts";

/** How many learners are in the best and in the weakest 27 %; null where they would meet. */
export interface Groups {
  readonly upper: number | null;
  readonly lower: number | null;
}

export interface ChoiceSeries {
  /** What was picked or typed; a right one with its tick. */
  readonly labels: string[];
  readonly series: { readonly group: "all" | "upper" | "lower"; readonly shares: number[] }[];
}

const ticked = (text: string, correct: boolean) => (correct ? `✓ ${text}` : text);
const shareOf = (count: number, all: number) => (all === 0 ? 0 : count / all);

/** The shares of all answers, and of the best and the weakest learners, that fell on each choice; of typed texts, of all. */
export function choiceSeries(
  { choices, texts, answerCount }: ReportedQuestion,
  groups: Groups,
): ChoiceSeries {
  if (choices.length === 0) {
    return {
      labels: texts.map(({ text, correct }) => ticked(text, correct)),
      series: [{ group: "all", shares: texts.map(({ count }) => shareOf(count, answerCount)) }],
    };
  }
  const series: ChoiceSeries["series"] = [
    { group: "all", shares: choices.map(({ count }) => shareOf(count, answerCount)) },
  ];
  const { upper, lower } = groups;
  if (upper !== null && lower !== null) {
    series.push(
      { group: "upper", shares: choices.map(({ upperCount }) => shareOf(upperCount ?? 0, upper)) },
      { group: "lower", shares: choices.map(({ lowerCount }) => shareOf(lowerCount ?? 0, lower)) },
    );
  }
  return { labels: choices.map(({ text, correct }) => ticked(text, correct)), series };
}
