import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttemptId } from "../../core/ids.ts";
import { compareStandings, type Standing, StandingsOrder } from "./standings.ts";

const standing = (attemptId: string, score: number, reachedVersion: number): Standing => ({
  attemptId: attemptId as AttemptId,
  score,
  reachedVersion,
});
function orderOf(standings: readonly Standing[]): StandingsOrder {
  const order = new StandingsOrder();
  for (const one of standings) order.add(one);
  return order;
}

describe("The standings", () => {
  it("share a rank among equal scores: 1, 2, 2, 4, the earlier to reach it first", () => {
    const order = orderOf([
      standing("late", 500, 9),
      standing("last", 100, 2),
      standing("first", 900, 4),
      standing("early", 500, 3),
    ]);
    const places = order.best(10).map(({ rank, attemptId }) => `${rank} ${attemptId}`);
    expect(places).toEqual(["1 first", "2 early", "2 late", "4 last"]);
    expect([900, 500, 100].map((score) => order.rankOf(score))).toEqual([1, 2, 4]);
  });

  it("forget who is taken out, and nobody else", () => {
    const order = orderOf([standing("a", 1, 1), standing("b", 1, 2)]);
    order.remove(standing("a", 1, 1));
    order.remove(standing("b", 1, 1));
    expect(order.best(10).map(({ attemptId }) => attemptId)).toEqual(["b"]);
    expect(order.size).toBe(1);
  });

  it("I7: are those of a plain sort, whatever the order of the changes", () => {
    // Version n changes the attempt to the score, or takes it out.
    const change = fc.record({ who: fc.integer({ min: 0, max: 8 }), score: fc.option(fc.nat(5)) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const order = new StandingsOrder();
        const present = new Map<number, Standing>();
        for (const [version, { who, score }] of changes.entries()) {
          const before = present.get(who);
          if (before) order.remove(before);
          present.delete(who);
          if (score === null) continue;
          const now = standing(`${who}`, score, version);
          order.add(now);
          present.set(who, now);
        }
        const sorted = [...present.values()].sort(compareStandings);
        const expected = sorted.map((one) => ({
          ...one,
          rank: 1 + sorted.filter(({ score }) => score > one.score).length,
        }));
        expect(order.best(100)).toEqual(expected);
        expect(order.best(3)).toEqual(expected.slice(0, 3));
        for (const { score, rank } of expected) expect(order.rankOf(score)).toBe(rank);
      }),
    );
  });

  it("I7: are the same whichever way the same standings came in", () => {
    const standings = fc
      .array(fc.nat(3), { maxLength: 20 })
      .map((scores) => scores.map((score, version) => standing(`${version}`, score, version)));
    fc.assert(
      fc.property(
        standings.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          expect(orderOf(shuffled).best(20)).toEqual(orderOf(all).best(20));
        },
      ),
    );
  });
});
