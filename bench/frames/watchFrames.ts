import type { CDPSession, Page } from "@playwright/test";

export interface Frames {
  readonly seconds: number;
  /** Leaderboards that arrived. */
  readonly updates: number;
  readonly fps: number;
  /** Of the times between two frames. */
  readonly p95Ms: number;
  /** Frames that a screen of 60 frames a second would have shown besides. */
  readonly dropped: number;
  /** Tasks of more than 50 ms. */
  readonly longTasks: number;
  /** What the page's main thread worked, by the browser's own account, throttled as it was. */
  readonly work: Work;
}

export interface Work {
  readonly taskMs: number;
  readonly scriptMs: number;
  readonly styleMs: number;
  readonly layoutMs: number;
}

const FRAME_MS = 1000 / 60;

/** Notes each frame and each long task of the page, for so many milliseconds. */
const recorder = (milliseconds: number) => `new Promise((resolve) => {
  const frames = [];
  let longTasks = 0;
  const observer = new PerformanceObserver((list) => { longTasks += list.getEntries().length; });
  observer.observe({ type: "longtask" });
  const note = (time) => {
    frames.push(time);
    if (time - frames[0] < ${milliseconds}) requestAnimationFrame(note);
    else { observer.disconnect(); resolve({ frames, longTasks }); }
  };
  requestAnimationFrame(note);
})`;

async function workOf(cdp: CDPSession): Promise<Work> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const milliseconds = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
  return {
    taskMs: milliseconds("TaskDuration"),
    scriptMs: milliseconds("ScriptDuration"),
    styleMs: milliseconds("RecalcStyleDuration"),
    layoutMs: milliseconds("LayoutDuration"),
  };
}

/** Watches the page's frames for a while. `updatesSoFar` counts the leaderboards that have arrived. */
export async function watchFrames(
  page: Page,
  cdp: CDPSession,
  seconds: number,
  updatesSoFar: () => number,
): Promise<Frames> {
  const [before, updates] = [await workOf(cdp), updatesSoFar()];
  const { frames, longTasks } = await page.evaluate<{ frames: number[]; longTasks: number }>(
    recorder(1000 * seconds),
  );
  const after = await workOf(cdp);
  const gaps = frames.slice(1).map((time, index) => time - (frames[index] ?? time));
  const lasted = (frames.at(-1) ?? 0) - (frames[0] ?? 0);
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    seconds: lasted / 1000,
    updates: updatesSoFar() - updates,
    fps: (1000 * gaps.length) / lasted,
    p95Ms: sorted[Math.floor(0.95 * sorted.length)] ?? 0,
    dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME_MS) - 1), 0),
    longTasks,
    work: {
      taskMs: after.taskMs - before.taskMs,
      scriptMs: after.scriptMs - before.scriptMs,
      styleMs: after.styleMs - before.styleMs,
      layoutMs: after.layoutMs - before.layoutMs,
    },
  };
}
