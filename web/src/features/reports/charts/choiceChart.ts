import { Chart, commonOptions, type DrawnChart, scaleLook, tickLook, tooltipLook } from "./engine.ts";
import type { ChartLook } from "./look.ts";

export interface ChoiceChartData {
  /** What each choice is called; a right one with its tick. */
  readonly labels: readonly string[];
  /** The shares of all, of the upper and of the lower group, 0 to 1; groups that there are not are left out. */
  readonly series: readonly {
    readonly label: string;
    readonly group: "all" | "upper" | "lower";
    readonly shares: readonly number[];
  }[];
  readonly shareTitle: string;
  readonly percent: (share: number) => string;
}

const shorten = (text: string, letters: number) =>
  text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;

/** How often each choice was picked, beside how often by the best and by the others. */
export function choiceChart(canvas: HTMLCanvasElement, look: ChartLook, data: ChoiceChartData): DrawnChart {
  const colours = { all: look.inkSoft, upper: look.main, lower: look.other };
  return new Chart<"bar", number[], string>(canvas, {
    type: "bar",
    data: {
      labels: data.labels.map((label) => shorten(label, look.narrow ? 14 : 32)),
      datasets: data.series.map(({ label, group, shares }) => ({
        label,
        data: [...shares],
        backgroundColor: colours[group],
        borderRadius: 3,
        barPercentage: 0.9,
        categoryPercentage: 0.76,
      })),
    },
    options: {
      ...commonOptions(look),
      indexAxis: "y",
      scales: {
        x: {
          ...scaleLook(look, data.shareTitle),
          min: 0,
          max: 1,
          ticks: {
            ...tickLook(look),
            maxRotation: 0,
            stepSize: look.narrow ? 0.5 : 0.25,
            callback: (value) => data.percent(Number(value)),
          },
        },
        y: {
          ...scaleLook(look, "", false),
          ticks: {
            ...tickLook(look),
            color: look.ink,
            font: { family: look.displayFont, size: look.narrow ? 14 : 16, weight: 600 },
          },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipLook(look),
          mode: "index",
          axis: "y",
          intersect: false,
          callbacks: {
            title: ([item]) => data.labels[item?.dataIndex ?? -1] ?? "",
            label: ({ dataset, parsed }) => `${dataset.label ?? ""}: ${data.percent(parsed.x ?? 0)}`,
          },
        },
      },
    },
  });
}
