import type { Plugin } from "chart.js";
import { Chart, commonOptions, type DrawnChart, scaleLook, tickLook, tooltipLook } from "./engine.ts";
import type { ChartLook } from "./look.ts";

export interface TimeChartData {
  readonly rows: readonly {
    readonly label: string;
    /** In seconds. */
    readonly p25: number;
    readonly median: number;
    readonly p75: number;
    readonly p90: number;
    readonly told: readonly string[];
  }[];
  readonly secondsTitle: string;
  readonly questionTitle: string;
}

/** The median as a stroke through each bar, and the way to nine tenths as a whisker behind it. */
const marks = (look: ChartLook, rows: TimeChartData["rows"]): Plugin<"bar"> => ({
  id: "marks",
  afterDatasetsDraw(chart) {
    const { ctx, scales } = chart;
    const scale = scales["x"];
    if (scale === undefined) return;
    ctx.save();
    for (const [index, { y }] of chart.getDatasetMeta(0).data.entries()) {
      const row = rows[index];
      if (row === undefined) continue;
      const [median, p75, p90] = [row.median, row.p75, row.p90].map((value) => scale.getPixelForValue(value));
      ctx.strokeStyle = look.main;
      ctx.lineWidth = 2;
      line(ctx, p75 ?? 0, y, p90 ?? 0, y);
      line(ctx, p90 ?? 0, y - 5, p90 ?? 0, y + 5);
      ctx.strokeStyle = look.ink;
      ctx.lineWidth = 4;
      line(ctx, median ?? 0, y - 9, median ?? 0, y + 9);
    }
    ctx.restore();
  },
});

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

/** How long answers took, question by question: from a quarter to three quarters of them, the median, and nine tenths. */
export function timeChart(canvas: HTMLCanvasElement, look: ChartLook, data: TimeChartData): DrawnChart {
  const { rows } = data;
  return new Chart<"bar", [number, number][], string>(canvas, {
    type: "bar",
    data: {
      labels: rows.map(({ label }) => label),
      datasets: [
        {
          data: rows.map(({ p25, p75 }): [number, number] => [p25, p75]),
          backgroundColor: look.mainSoft,
          borderColor: look.main,
          borderWidth: 2,
          borderSkipped: false,
          borderRadius: 3,
          maxBarThickness: 16,
        },
      ],
    },
    options: {
      ...commonOptions(look),
      indexAxis: "y",
      scales: {
        x: {
          ...scaleLook(look, data.secondsTitle),
          beginAtZero: true,
          max: 1.05 * Math.max(...rows.map(({ p90 }) => p90), 0.5),
          ticks: {
            ...tickLook(look),
            maxRotation: 0,
            includeBounds: false,
            maxTicksLimit: look.narrow ? 5 : 10,
          },
        },
        y: {
          ...scaleLook(look, data.questionTitle, false),
          ticks: {
            ...tickLook(look),
            autoSkip: false,
            color: look.ink,
            font: { family: look.displayFont, size: 14, weight: 600 },
          },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipLook(look),
          callbacks: {
            title: ([item]) => rows[item?.dataIndex ?? -1]?.told[0] ?? "",
            label: ({ dataIndex }) => [...(rows[dataIndex]?.told.slice(1) ?? [])],
          },
        },
      },
    },
    plugins: [marks(look, rows)],
  });
}
