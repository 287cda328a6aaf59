/** A line of the leaderboard, as far as its movement goes. */
export interface Standing {
  rank: number;
  attemptId: string;
  score: number;
}

/** What a question has changed for a player: places gained (negative: lost) and points earned. */
export interface RankChange {
  places: number;
  points: number;
}

/**
 * The standings that a question started from. They are taken while it is not open for answers yet or when it has
 * just opened, and kept until the next one opens, so that the leaderboard can move from there.
 */
export interface StandingsMemory<Entry extends Standing> {
  questionId: string | null;
  before: readonly Entry[];
}

/** Keeps `entries` as the starting point when another question is on screen than the one remembered. */
export function rememberStandings<Entry extends Standing>(
  memory: StandingsMemory<Entry>,
  questionId: string | null,
  entries: readonly Entry[],
): StandingsMemory<Entry> {
  return memory.questionId === questionId ? memory : { questionId, before: entries };
}

/**
 * Changes by attempt, of those that are listed before and after; someone who has come into the list has no known
 * former place, and no change.
 */
export function rankChanges(
  before: readonly Standing[],
  after: readonly Standing[],
): Map<string, RankChange> {
  const former = new Map(before.map((entry) => [entry.attemptId, entry]));
  const changes = new Map<string, RankChange>();
  for (const { attemptId, rank, score } of after) {
    const old = former.get(attemptId);
    if (old) changes.set(attemptId, { places: old.rank - rank, points: score - old.score });
  }
  return changes;
}
