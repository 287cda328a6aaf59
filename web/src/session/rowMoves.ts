/** Where a row stands in its list: how far below the list's top, in the row's own em. */
export interface Place {
  readonly id: string;
  readonly top: number;
}

/** What the element that stands at this number of its list is to show. */
export interface Change extends Place {
  readonly slot: number;
}

/** A part of the list, in the rows' em from its top. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The row in this slot comes from `from` em below its place (negative: above), or is new where that is null. */
export interface Move {
  readonly slot: number;
  readonly from: number | null;
}

/**
 * Remembers where everyone was last to be seen while their rows change, all at once or some at a time. `offsetOf` tells
 * how far what a slot shows still is from its place, so that a row that is caught on its way goes on from there. Reads
 * nothing of the page: places are known from the rows' order.
 */
export function trackRows(offsetOf: (slot: number) => number) {
  const shown: Place[] = [];
  const slotOf = new Map<string, number>();
  /** Those who have lost their slot and do not show in another yet. */
  const left = new Map<string, number>();

  function leave(slot: number): void {
    const was = shown[slot];
    if (was === undefined || slotOf.get(was.id) !== slot) return;
    left.set(was.id, was.top + offsetOf(slot));
    slotOf.delete(was.id);
  }

  function lastSeen(id: string): number | undefined {
    const slot = slotOf.get(id);
    const place = slot === undefined ? undefined : shown[slot];
    return slot === undefined || place === undefined ? left.get(id) : place.top + offsetOf(slot);
  }

  return {
    /**
     * Notes what slots show from now on, and says which of them have to move: those that can be seen, from no farther than
     * the edge of what is seen.
     */
    change(changes: readonly Change[], visible: Stretch | null): Move[] {
      const first = shown.length === 0;
      for (const { slot } of changes) leave(slot);
      const moves: Move[] = [];
      for (const { slot, id, top } of changes) {
        const seen = lastSeen(id);
        left.delete(id);
        slotOf.set(id, slot);
        shown[slot] = { id, top };
        if (first || visible === null || top < visible.from || top > visible.to) continue;
        const from = seen === undefined ? null : Math.min(Math.max(seen, visible.from), visible.to) - top;
        if (from !== 0) moves.push({ slot, from });
      }
      return moves;
    },
    /** The list ends before this slot. */
    cut(slot: number): void {
      for (let end = slot; end < shown.length; end += 1) leave(end);
      shown.length = Math.min(shown.length, slot);
    },
    /** Every slot shows what it should: who is in none of them is gone. */
    settle: () => left.clear(),
  };
}
