/** A leaderboard as the product sends it, for those who are compared with it: eight entries, about a kilobyte. */
export interface Board {
  readonly version: number;
  readonly playerCount: number;
  readonly entries: readonly BoardEntry[];
}

interface BoardEntry {
  readonly rank: number;
  readonly attemptId: string;
  readonly nickname: string;
  readonly score: number;
  readonly correctCount: number;
}

export const ENTRIES = 8;

export const LEADERBOARD_UPDATED = `subscription ($code: String!, $first: Int!) {
  leaderboardUpdated(code: $code, first: $first) { version playerCount entries { rank attemptId nickname score correctCount } }
}`;

/** What every follower asks for, and where. */
export const followed = (code: string, first: number = ENTRIES) => ({
  query: LEADERBOARD_UPDATED,
  variables: { code, first },
});

/** The schema and the resolvers are the peers' part of it. */
export const BOARD_SCHEMA = `
  type Query { hello: String! }
  type Subscription { leaderboardUpdated(code: String!, first: Int = 10): Leaderboard! }
  type Leaderboard { version: Int! playerCount: Int! entries: [LeaderboardEntry!]! }
  type LeaderboardEntry { rank: Int! attemptId: ID! nickname: String! score: Int! correctCount: Int! }`;

/** Different at each version, as scores move, and always about as long. */
export function boardAt(version: number): Board {
  const entries = Array.from({ length: ENTRIES }, (_, index) => ({
    rank: index + 1,
    attemptId: Buffer.from(`Attempt:018f3c2a-7b1d-7000-8000-00000000${1000 + index}`).toString("base64"),
    nickname: `Player ${10 + index}`,
    score: 20_000 + version * 10 - index,
    correctCount: 21,
  }));
  return { version, playerCount: 100, entries };
}
