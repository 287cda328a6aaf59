import type { Place } from "./rowMoves.ts";

/** What a row of a leaderboard says. */
export interface BoardRow extends Place {
  readonly rank: number;
  readonly nickname: string;
  readonly score: number;
  /** Places won, or lost where negative. */
  readonly move: number;
  /** The viewer's own. */
  readonly own: boolean;
  /** Does not follow the row above it. */
  readonly gap: boolean;
}

/** Whether two rows look the same, and stand in the same place. */
export function alike(one: BoardRow, other: BoardRow): boolean {
  return (
    one.id === other.id &&
    one.top === other.top &&
    one.rank === other.rank &&
    one.nickname === other.nickname &&
    one.score === other.score &&
    one.move === other.move &&
    one.own === other.own &&
    one.gap === other.gap
  );
}
