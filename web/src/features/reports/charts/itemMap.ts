import { type Plugin, PointElement } from "chart.js";
import { Chart, commonOptions, type DrawnChart, scaleLook, tickLook, tooltipLook } from "./engine.ts";
import type { ChartLook } from "./look.ts";

export interface MapPoint {
  readonly label: string;
  /** 0 to 1. */
  readonly facility: number;
  /** −1 to 1. */
  readonly discrimination: number;
  readonly weight: "problem" | "note" | "fine";
  readonly told: readonly string[];
}

export interface ItemMapData {
  readonly points: readonly MapPoint[];
  readonly facilityTitle: string;
  readonly discriminationTitle: string;
  readonly percent: (share: number) => string;
  readonly decimal: (value: number) => string;
  /** Below this, a question tells little. */
  readonly littleUnder: number;
  readonly onPick: (index: number) => void;
}

/** Below zero a question misleads, below the threshold it tells little: ground that warns. */
const ground = (look: ChartLook, littleUnder: number): Plugin<"scatter"> => ({
  id: "ground",
  beforeDatasetsDraw({ ctx, chartArea: { left, right, bottom }, scales }) {
    const scale = scales["y"];
    if (scale === undefined) return;
    const [zero, little] = [scale.getPixelForValue(0), scale.getPixelForValue(littleUnder)];
    ctx.save();
    ctx.fillStyle = look.noteSoft;
    ctx.fillRect(left, little, right - left, zero - little);
    ctx.fillStyle = look.badSoft;
    ctx.fillRect(left, zero, right - left, bottom - zero);
    ctx.restore();
  },
});

/** Each question's number in its point, each point drawn with its number: one that lies above another hides that one's too. */
const numbers = (look: ChartLook, points: readonly MapPoint[]): Plugin<"scatter"> => ({
  id: "numbers",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.font = `700 12px ${look.font}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const [index, element] of chart.getDatasetMeta(0).data.entries()) {
      const { label = "", weight } = points[index] ?? {};
      if (element instanceof PointElement) element.draw(ctx, chartArea);
      ctx.fillStyle = look.raised;
      // In a triangle, the middle lies lower.
      ctx.fillText(label, element.x, element.y + (weight === "problem" ? 4 : 0.5));
    }
    ctx.restore();
  },
});

/** Where each question stands between too hard and too easy, and how well it tells who knows from who does not. */
export function itemMap(canvas: HTMLCanvasElement, look: ChartLook, data: ItemMapData): DrawnChart {
  const { points } = data;
  const colours = { problem: look.bad, note: look.note, fine: look.main };
  const shapes = { problem: "triangle", note: "rectRounded", fine: "circle" } as const;
  const radii = { problem: 18, note: 12, fine: 11 };
  const weightOf = ({ dataIndex }: { dataIndex: number }) => points[dataIndex]?.weight ?? "fine";
  const lowest = Math.min(-0.2, ...points.map(({ discrimination }) => discrimination - 0.05));
  return new Chart<"scatter">(canvas, {
    type: "scatter",
    data: {
      datasets: [
        {
          data: points.map(({ facility, discrimination }) => ({ x: facility, y: discrimination })),
          pointBackgroundColor: (context) => colours[weightOf(context)],
          pointBorderColor: look.raised,
          pointBorderWidth: 1.5,
          pointHoverBackgroundColor: look.ink,
          pointStyle: (context) => shapes[weightOf(context)],
          pointRadius: (context) => radii[weightOf(context)],
          pointHoverRadius: (context) => radii[weightOf(context)] + 2,
        },
      ],
    },
    options: {
      ...commonOptions(look),
      clip: false,
      layout: { padding: { top: 8, right: 16 } },
      scales: {
        x: {
          ...scaleLook(look, data.facilityTitle),
          min: 0,
          max: 1,
          ticks: {
            ...tickLook(look),
            maxRotation: 0,
            stepSize: look.narrow ? 0.25 : 0.2,
            callback: (value) => data.percent(Number(value)),
          },
        },
        y: {
          ...scaleLook(look, data.discriminationTitle),
          min: Math.max(-1, Math.floor(5 * lowest) / 5),
          max: 1,
          ticks: { ...tickLook(look), stepSize: 0.2, callback: (value) => data.decimal(Number(value)) },
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
      onClick: (_event, [element]) => {
        if (element) data.onPick(element.index);
      },
      onHover: (_event, elements) => {
        canvas.style.cursor = elements.length > 0 ? "pointer" : "";
      },
    },
    plugins: [ground(look, data.littleUnder), numbers(look, points)],
  });
}
