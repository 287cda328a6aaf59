import type { Plugin } from "chart.js";
import { Chart, commonOptions, type DrawnChart, scaleLook, tickLook, tooltipLook } from "./engine.ts";
import type { ChartLook } from "./look.ts";

export interface ScoreChartData {
  readonly bins: readonly { readonly label: string; readonly attempts: number; readonly told: string }[];
  /** Where the mean lies among the bins: 1.5 is in the middle of the second one. Null: nowhere. */
  readonly mean: { readonly at: number; readonly label: string } | null;
  readonly scoreTitle: string;
  readonly attemptsTitle: string;
}

/** The mean as a line through the bars, named at its top. */
const meanLine = (look: ChartLook, mean: NonNullable<ScoreChartData["mean"]>): Plugin<"bar"> => ({
  id: "meanLine",
  afterDatasetsDraw({ ctx, chartArea, scales }) {
    const scale = scales["x"];
    if (scale === undefined) return;
    const [first, second] = [scale.getPixelForValue(0), scale.getPixelForValue(1)];
    const step = Number.isFinite(second) && second > first ? second - first : chartArea.width;
    const x = first + (mean.at - 0.5) * step;
    ctx.save();
    ctx.strokeStyle = look.accent;
    ctx.fillStyle = look.accent;
    ctx.lineWidth = 2;
    ctx.setLineDash([5, 4]);
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top - 4);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.font = `700 13px ${look.font}`;
    const half = ctx.measureText(mean.label).width / 2;
    ctx.textAlign = "center";
    ctx.textBaseline = "bottom";
    const centre = Math.min(Math.max(x, chartArea.left + half), chartArea.right - half);
    ctx.fillText(mean.label, centre, chartArea.top - 6);
    ctx.restore();
  },
});

/** How many attempts came to which scores: a histogram. */
export function scoreChart(canvas: HTMLCanvasElement, look: ChartLook, data: ScoreChartData): DrawnChart {
  return new Chart<"bar", number[], string>(canvas, {
    type: "bar",
    data: {
      labels: data.bins.map(({ label }) => label),
      datasets: [
        {
          data: data.bins.map(({ attempts }) => attempts),
          backgroundColor: look.main,
          hoverBackgroundColor: look.ink,
          borderRadius: 3,
          categoryPercentage: 1,
          barPercentage: 0.92,
        },
      ],
    },
    options: {
      ...commonOptions(look),
      layout: { padding: { top: data.mean === null ? 4 : 26 } },
      scales: {
        x: {
          ...scaleLook(look, data.scoreTitle, false),
          ticks: { ...tickLook(look), maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          ...scaleLook(look, data.attemptsTitle),
          beginAtZero: true,
          ticks: { ...tickLook(look), precision: 0, maxTicksLimit: 6 },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipLook(look),
          callbacks: { title: () => "", label: ({ dataIndex }) => data.bins[dataIndex]?.told ?? "" },
        },
      },
    },
    plugins: data.mean === null ? [] : [meanLine(look, data.mean)],
  });
}
