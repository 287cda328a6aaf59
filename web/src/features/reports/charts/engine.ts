import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
} from "chart.js";
import type { ChartLook } from "./look.ts";

// Only what the reports draw: the rest of the library stays out of the download.
Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
);

export { Chart };

/** What can be done with a chart that has been drawn. */
export interface DrawnChart {
  destroy(): void;
}

/** What all charts have in common. */
export const commonOptions = (look: ChartLook) =>
  ({
    responsive: true,
    maintainAspectRatio: false,
    animation: look.moves ? { duration: 500 } : false,
    color: look.ink,
    font: { family: look.font, size: 13 },
  }) as const;

export const tooltipLook = (look: ChartLook) =>
  ({
    backgroundColor: look.ink,
    titleColor: look.raised,
    bodyColor: look.raised,
    titleFont: { family: look.displayFont, size: 15, weight: 700 },
    bodyFont: { family: look.font, size: 13 },
    padding: 10,
    cornerRadius: 5,
    displayColors: false,
  }) as const;

/** A scale's heading, figures and lines. `lines`: whether it draws a line at each figure. */
export const scaleLook = (look: ChartLook, title: string, lines = true) =>
  ({
    title: { display: title !== "", text: title, color: look.inkSoft, font: { family: look.font, size: 13 } },
    grid: { display: lines, color: look.rule, drawTicks: false },
    border: { color: look.ruleStrong },
  }) as const;

export const tickLook = (look: ChartLook) =>
  ({ color: look.inkSoft, font: { family: look.font, size: 13 }, padding: 6 }) as const;
