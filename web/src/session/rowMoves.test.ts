import { describe, expect, it } from "vitest";
import { type Change, trackRows } from "./rowMoves.ts";

const rows = (...ids: string[]): Change[] => ids.map((id, slot) => ({ slot, id, top: 2 * slot }));
const everything = { from: 0, to: 100 };

function tracked(first: readonly Change[], offsets: ReadonlyMap<number, number> = new Map()) {
  const tracker = trackRows((slot) => offsets.get(slot) ?? 0);
  expect(tracker.change(first, everything)).toEqual([]);
  return tracker;
}

describe("trackRows", () => {
  it("moves each row from where it stood", () => {
    const tracker = tracked(rows("a", "b", "c", "d"));
    expect(tracker.change(rows("a", "d", "b", "c").slice(1), everything)).toEqual([
      { slot: 1, from: 4 },
      { slot: 2, from: -2 },
      { slot: 3, from: -2 },
    ]);
  });

  it("knows where a row comes from when others have changed before it", () => {
    const tracker = tracked(rows("a", "b", "c", "d"));
    const now = rows("d", "a", "b", "c");
    expect(tracker.change(now.slice(0, 2), everything)).toEqual([
      { slot: 0, from: 6 },
      { slot: 1, from: -2 },
    ]);
    // The slots of b and c have been taken over, or are about to be.
    expect(tracker.change(now.slice(2), everything)).toEqual([
      { slot: 2, from: -2 },
      { slot: 3, from: -2 },
    ]);
  });

  it("goes on from where a row is on its way", () => {
    const tracker = tracked(rows("a", "b"), new Map([[1, 1.5]]));
    expect(tracker.change(rows("b", "a"), everything)[0]).toEqual({ slot: 0, from: 3.5 });
  });

  it("moves only what can be seen, from no farther than its edge", () => {
    const tracker = tracked(rows("a", "b", "c", "d", "e", "f"));
    expect(tracker.change(rows("f", "a", "b", "c", "d", "e"), { from: 0, to: 4 })).toEqual([
      { slot: 0, from: 4 },
      { slot: 1, from: -2 },
      { slot: 2, from: -2 },
    ]);
    expect(tracker.change(rows("a", "f").slice(0, 2), null)).toEqual([]);
  });

  it("lets a row in that was not there, or that is back after it was gone", () => {
    const tracker = tracked(rows("a", "b"));
    expect(tracker.change([{ slot: 2, id: "c", top: 4 }], everything)).toEqual([{ slot: 2, from: null }]);
    tracker.cut(1);
    tracker.settle();
    expect(tracker.change(rows("a", "b").slice(1), everything)).toEqual([{ slot: 1, from: null }]);
  });

  it("remembers who has lost a place at the end of a list that has become shorter", () => {
    const tracker = tracked(rows("a", "b", "c"));
    tracker.cut(2);
    expect(tracker.change(rows("a", "c").slice(1), everything)).toEqual([{ slot: 1, from: 2 }]);
  });
});
