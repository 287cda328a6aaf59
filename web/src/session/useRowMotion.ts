import { onScopeDispose, type Ref } from "vue";
import { type Change, type Move, type Stretch, trackRows } from "./rowMoves.ts";

interface Flight {
  /** In em; 0 for a row that only appears. */
  readonly from: number;
  readonly animation: Animation;
}

const timing: KeyframeAnimationOptions = { duration: 768, easing: "cubic-bezier(0.2, 0.9, 0.25, 1)" };

/**
 * Lets the rows of a list glide to their new places. A row's element is a slot: it keeps its place in the page and changes
 * what it says. So nothing is moved in the document, no row is measured, and the movement is a transform that costs the
 * page no work while it lasts.
 */
export function useRowMotion(list: Readonly<Ref<HTMLElement | null>>) {
  const flights = new Map<number, Flight>();
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const tracker = trackRows((slot) => {
    const flight = flights.get(slot);
    const progress = flight?.animation.effect?.getComputedTiming().progress;
    return flight === undefined || progress == null ? 0 : flight.from * (1 - progress);
  });

  function land(slot: number): void {
    flights.get(slot)?.animation.cancel();
    flights.delete(slot);
  }

  function fly(row: HTMLElement, slot: number, from: number | null): void {
    // Who overtakes passes above the others.
    const layer = from !== null && from > 0 ? "1" : "";
    if (row.style.zIndex !== layer) row.style.zIndex = layer;
    const start =
      from === null ? { opacity: 0, transform: "translateX(-1rem)" } : { transform: `translateY(${from}em)` };
    const animation = row.animate([start, {}], timing);
    flights.set(slot, { from: from ?? 0, animation });
    animation.onfinish = () => {
      if (flights.get(slot)?.animation === animation) flights.delete(slot);
    };
  }

  onScopeDispose(() => {
    for (const slot of [...flights.keys()]) land(slot);
  });

  return {
    cut: tracker.cut,
    settle: tracker.settle,
    /** To be told before the page shows the changes. */
    change(changes: readonly Change[], visible: Stretch | null): readonly Move[] {
      const moves = tracker.change(changes, calm.matches ? null : visible);
      for (const { slot } of changes) land(slot);
      return moves;
    },
    /** To be called once the page has been changed. */
    start(moves: readonly Move[]): void {
      for (const { slot, from } of moves) {
        const row = list.value?.children[slot];
        if (row instanceof HTMLElement) fly(row, slot, from);
      }
    },
  };
}
