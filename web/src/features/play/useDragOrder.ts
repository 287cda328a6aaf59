import { onScopeDispose, ref, type ShallowRef } from "vue";

/**
 * Dragging rows of a list by pointer: the row goes where the pointer is, and the others make room at once. Places are
 * read from the layout, so rows of different height work, and nothing flickers at a border.
 */
export function useDragOrder(
  list: Readonly<ShallowRef<HTMLElement | null>>,
  onMove: (from: number, to: number) => void,
) {
  /** The place of the row in hand. */
  const dragged = ref<number>();
  let pointer: number | undefined;

  function placeUnder(y: number, from: number): number {
    const rows = [...(list.value?.children ?? [])].map((row) => row.getBoundingClientRect());
    let to = from;
    // A row is passed when the pointer is beyond its middle.
    while (to > 0 && y < middle(rows[to - 1])) to -= 1;
    while (to < rows.length - 1 && y > middle(rows[to + 1])) to += 1;
    return to;
  }
  const middle = (box: DOMRect | undefined) => (box === undefined ? 0 : box.top + box.height / 2);

  function follow(event: PointerEvent): void {
    if (event.pointerId !== pointer || dragged.value === undefined) return;
    const to = placeUnder(event.clientY, dragged.value);
    if (to === dragged.value) return;
    onMove(dragged.value, to);
    dragged.value = to;
  }
  function drop(event: PointerEvent): void {
    if (event.pointerId === pointer) release();
  }
  function release(): void {
    pointer = undefined;
    dragged.value = undefined;
    window.removeEventListener("pointermove", follow);
    window.removeEventListener("pointerup", drop);
    window.removeEventListener("pointercancel", drop);
  }
  function grab(index: number, event: PointerEvent): void {
    if (event.button !== 0) return;
    release();
    pointer = event.pointerId;
    dragged.value = index;
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", drop);
    window.addEventListener("pointercancel", drop);
  }
  onScopeDispose(release);
  return { dragged, grab };
}
