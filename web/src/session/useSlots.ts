import { nextTick, onScopeDispose, type Ref, type ShallowRef, shallowRef, watch } from "vue";
import type { Place, Stretch } from "./rowMoves.ts";
import { useRowMotion } from "./useRowMotion.ts";

export type Slot<Row> = ShallowRef<Row>;

/** A list of so many rows changes all at once; of a longer one, so many rows in each frame. */
const rowsAtOnce = 12;
const inSightPerFrame = 5;
/** Out of sight, more at a time and seldom: a frame in which anything changes at all has its price. */
const elsewherePerFrame = 5;
const framesBetween = 2;

/**
 * The rows of a list that changes often, each in a slot of its own: a row that changes renders itself, and nothing else.
 * Where the list is long, the work of a change is spread over frames, so that none of them takes a slow phone too long:
 * rows that can be seen change first, within some frames, the others after them. Between two slots, a row glides.
 */
export function useSlots<Row extends Place>(options: {
  list: Readonly<Ref<HTMLElement | null>>;
  rows: () => readonly Row[];
  /** In em. */
  rowHeight: () => number;
  /** Whether two rows look alike. */
  alike: (one: Row, other: Row) => boolean;
}): Readonly<ShallowRef<readonly Slot<Row>[]>> {
  const slots = shallowRef<readonly Slot<Row>[]>([]);
  const motion = useRowMotion(options.list);
  let wanted: readonly Row[] = [];
  let sight: Stretch | null = null;
  let frame = 0;
  /** Where those out of sight go on, so that each has its turn. */
  let turn = 0;
  let pause = 0;

  /** What of the list is on the screen, and one row more at either end; null where nothing is shown. */
  function look(): Stretch | null {
    const box = options.list.value?.getBoundingClientRect();
    if (box === undefined || box.height === 0) return null;
    const rowHeight = options.rowHeight();
    const em = box.height / ((slots.value.at(-1)?.value.top ?? 0) + rowHeight);
    return { from: -box.top / em - rowHeight, to: (window.innerHeight - box.top) / em + rowHeight };
  }

  function stale(): number[] {
    return [...slots.value.keys()].filter((slot) => slots.value[slot]?.value !== wanted[slot]);
  }

  function show(changing: readonly number[]): void {
    const moved = changing.flatMap((slot) => {
      const [was, row] = [slots.value[slot]?.value, wanted[slot]];
      return row === undefined || (was?.id === row.id && was.top === row.top)
        ? []
        : [{ slot, id: row.id, top: row.top }];
    });
    const moves = motion.change(moved, sight);
    for (const slot of changing) {
      const [shown, row] = [slots.value[slot], wanted[slot]];
      if (shown !== undefined && row !== undefined) shown.value = row;
    }
    if (moves.length > 0) void nextTick(() => motion.start(moves));
  }

  function step(): void {
    frame = 0;
    const left = stale();
    if (left.length === 0) {
      motion.settle();
      return;
    }
    const { from, to } = sight ?? { from: 0, to: -1 };
    const seen = left.filter((slot) => {
      const top = slots.value[slot]?.value.top ?? 0;
      return top >= from && top <= to;
    });
    if (seen.length > 0) show(seen.slice(0, inSightPerFrame));
    else if (pause > 0) pause -= 1;
    else {
      pause = framesBetween;
      const after = left.filter((slot) => slot >= turn);
      const next = (after.length > 0 ? after : left).slice(0, elsewherePerFrame);
      turn = (next.at(-1) ?? 0) + 1;
      show(next);
    }
    plan();
  }

  function plan(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(step);
  }

  /** The list has grown or shrunk: what is new shows at once, as all of a list that was empty. */
  function resize(rows: readonly Row[]): void {
    const before = slots.value.length;
    if (rows.length < before) motion.cut(rows.length);
    slots.value = rows.map((row, slot) => slots.value[slot] ?? shallowRef(row));
    const added = rows.slice(before).map(({ id, top }, index) => ({ slot: before + index, id, top }));
    const moves = motion.change(added, sight);
    void nextTick(() => motion.start(moves));
  }

  watch(
    options.rows,
    (rows) => {
      wanted = rows.map((row, slot) => {
        const shown = slots.value[slot]?.value;
        return shown !== undefined && options.alike(shown, row) ? shown : row;
      });
      const short = rows.length <= rowsAtOnce || document.hidden;
      // Now, while the page is as it was drawn: in the frame, it would have to be laid out for this.
      sight = document.hidden ? null : look();
      if (rows.length !== slots.value.length) resize(wanted);
      if (short) {
        show(stale());
        motion.settle();
      } else plan();
    },
    { immediate: true },
  );
  function scrolled(): void {
    sight = look();
  }
  window.addEventListener("scroll", scrolled, { passive: true });
  onScopeDispose(() => {
    window.removeEventListener("scroll", scrolled);
    cancelAnimationFrame(frame);
  });
  return slots;
}
