import { onScopeDispose, type Ref, ref } from "vue";

export interface UseReorder {
  /** The index of the item in hand; null when none is. */
  dragged: Ref<number | null>;
  /** For the handle's pointerdown. */
  start: (event: PointerEvent, index: number) => void;
  /** Where an item is drawn while another one is moved through the list. */
  styleOf: (index: number) => { transform?: string; zIndex?: number };
}

const EDGE_PX = 48;
const SCROLL_PX = 8;

/**
 * Reordering a vertical list by dragging a handle, with mouse, pen or finger. The list's children are the items, in order;
 * they are only drawn elsewhere until `move` is called, at the end. Escape drops the item where it came from.
 */
export function useReorder(options: {
  list: Readonly<Ref<HTMLElement | null>>;
  move: (from: number, to: number) => void;
}): UseReorder {
  const dragged = ref<number | null>(null);
  const target = ref(0);
  const offset = ref(0);
  let middles: number[] = [];
  let step = 0;
  let startY = 0;
  let pointerY = 0;
  let startScroll = 0;
  let scroller: Element | null = null;
  let frame = 0;
  let stop: (() => void) | null = null;

  function start(event: PointerEvent, index: number): void {
    const list = options.list.value;
    const item = list?.children[index];
    if (event.button !== 0 || !list || !item || stop) return;
    event.preventDefault();
    const rects = [...list.children].map((child) => child.getBoundingClientRect());
    middles = rects.map((rect) => rect.top + rect.height / 2);
    const gap = (rects[1]?.top ?? 0) - (rects[0]?.bottom ?? 0);
    step = item.getBoundingClientRect().height + (rects.length > 1 ? gap : 0);
    scroller = list.closest("[data-scrolls]") ?? document.scrollingElement;
    startScroll = scroller?.scrollTop ?? 0;
    startY = event.clientY;
    pointerY = startY;
    offset.value = 0;
    target.value = index;
    dragged.value = index;
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener("pointermove", (moved) => follow(moved.clientY), { signal });
    window.addEventListener("pointerup", () => end(true), { signal });
    window.addEventListener("pointercancel", () => end(false), { signal });
    window.addEventListener("keydown", (pressed) => pressed.key === "Escape" && end(false), { signal });
    frame = requestAnimationFrame(scrollAtEdges);
    stop = () => {
      listening.abort();
      cancelAnimationFrame(frame);
      stop = null;
    };
  }

  function follow(y: number): void {
    pointerY = y;
    const from = dragged.value ?? 0;
    offset.value = y - startY + (scroller?.scrollTop ?? 0) - startScroll;
    const middle = (middles[from] ?? 0) + offset.value;
    const above = middles.filter((other, index) => index !== from && other < middle).length;
    target.value = above;
  }

  function scrollAtEdges(): void {
    const box = scroller === document.scrollingElement ? null : scroller?.getBoundingClientRect();
    const top = box?.top ?? 0;
    const bottom = box?.bottom ?? window.innerHeight;
    const by = pointerY < top + EDGE_PX ? -SCROLL_PX : pointerY > bottom - EDGE_PX ? SCROLL_PX : 0;
    if (by !== 0) {
      scroller?.scrollBy({ top: by, behavior: "instant" });
      follow(pointerY);
    }
    frame = requestAnimationFrame(scrollAtEdges);
  }

  function end(drop: boolean): void {
    const from = dragged.value;
    stop?.();
    dragged.value = null;
    if (drop && from !== null && from !== target.value) options.move(from, target.value);
  }

  function styleOf(index: number): { transform?: string; zIndex?: number } {
    const from = dragged.value;
    if (from === null) return {};
    if (index === from) return { transform: `translateY(${offset.value}px)`, zIndex: 1 };
    if (index > from && index <= target.value) return { transform: `translateY(${-step}px)` };
    if (index < from && index >= target.value) return { transform: `translateY(${step}px)` };
    return {};
  }

  onScopeDispose(() => stop?.());
  return { dragged, start, styleOf };
}
