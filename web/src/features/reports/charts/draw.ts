import type { drawings } from "./drawings.ts";
import type { DrawnChart } from "./engine.ts";
import type { ChartLook } from "./look.ts";

type Drawings = typeof drawings;

/** Draws one chart: made by whoever has its data, called whenever the data or the look of the page have changed. */
export type Draw = (drawings: Drawings, canvas: HTMLCanvasElement, look: ChartLook) => DrawnChart;
