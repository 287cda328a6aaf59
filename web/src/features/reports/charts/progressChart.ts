import { Chart, commonOptions, type DrawnChart, scaleLook, tickLook, tooltipLook } from "./engine.ts";
import type { ChartLook } from "./look.ts";

export interface ProgressChartData {
  /** Oldest first. */
  readonly points: readonly {
    readonly label: string;
    /** 0 to 1. */
    readonly share: number;
    /** How many attempts: the more, the larger the point. */
    readonly n: number;
    readonly told: readonly string[];
  }[];
  readonly shareTitle: string;
  readonly percent: (share: number) => string;
}

/** How the share of what is right has changed over time. */
export function progressChart(
  canvas: HTMLCanvasElement,
  look: ChartLook,
  data: ProgressChartData,
): DrawnChart {
  const { points } = data;
  const radiusOf = (index: number) => Math.min(12, 4 + Math.sqrt(points[index]?.n ?? 0));
  return new Chart<"line", number[], string>(canvas, {
    type: "line",
    data: {
      labels: points.map(({ label }) => label),
      datasets: [
        {
          data: points.map(({ share }) => share),
          borderColor: look.main,
          borderWidth: 2,
          pointBackgroundColor: look.main,
          pointBorderColor: look.raised,
          pointBorderWidth: 2,
          pointHoverBackgroundColor: look.ink,
          pointRadius: ({ dataIndex }) => radiusOf(dataIndex),
          pointHoverRadius: ({ dataIndex }) => radiusOf(dataIndex) + 2,
          tension: 0,
        },
      ],
    },
    options: {
      ...commonOptions(look),
      clip: false,
      layout: { padding: { top: 12, right: 16 } },
      scales: {
        x: {
          ...scaleLook(look, "", false),
          offset: true,
          ticks: { ...tickLook(look), maxRotation: 0, autoSkipPadding: 16 },
        },
        y: {
          ...scaleLook(look, data.shareTitle),
          min: 0,
          max: 1,
          ticks: { ...tickLook(look), stepSize: 0.25, callback: (value) => data.percent(Number(value)) },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipLook(look),
          callbacks: {
            title: ([item]) => points[item?.dataIndex ?? -1]?.told[0] ?? "",
            label: ({ dataIndex }) => [...(points[dataIndex]?.told.slice(1) ?? [])],
          },
        },
      },
    },
  });
}
