import type { ArgBuilder } from "@pothos/core";
import { ValidationError } from "../../core/refusals.ts";
import { builder, type SchemaTypes } from "../../graphql/builder.ts";
import { globalId } from "../../graphql/globalIds.ts";
import type { Standings, StandingsEntry } from "../domain/session.ts";

const FIRST_LIMIT = 1000;
const FIRST_DEFAULT = 10;

const LeaderboardEntry = builder.objectRef<StandingsEntry>("LeaderboardEntry").implement({
  description: "One player's place.",
  extensions: { sameForEveryone: ["rank", "attemptId", "nickname", "score", "correctCount"] },
  fields: (t) => ({
    rank: t.exposeInt("rank", { description: "From 1. Equal scores share a rank: 1, 2, 2, 4." }),
    attemptId: t.id({
      description: "The id of the player's Attempt.",
      resolve: (entry) => globalId("Attempt", entry.attemptId),
    }),
    nickname: t.exposeString("nickname", { description: "As it is shown." }),
    score: t.exposeInt("score", { description: "The sum of the points so far." }),
    correctCount: t.exposeInt("correctCount", { description: "How many answers were entirely right." }),
  }),
});

export const LeaderboardType = builder.objectRef<Standings>("Leaderboard").implement({
  description: "The standings of a session; the same for every viewer.",
  extensions: { sameForEveryone: ["version", "playerCount", "entries"] },
  fields: (t) => ({
    version: t.exposeInt("version", {
      description: "The session's version at which these standings were read.",
    }),
    playerCount: t.exposeInt("playerCount", { description: "How many play, beyond the entries shown too." }),
    entries: t.field({
      type: [LeaderboardEntry],
      description:
        "Best first. Equal scores share a rank (1, 2, 2, 4), the earlier to reach it is listed first.",
      complexity: { field: 1, multiplier: 1 },
      resolve: (standings) => [...standings.entries],
    }),
  }),
});

export const firstArg = (arg: ArgBuilder<SchemaTypes>) =>
  arg.int({ defaultValue: FIRST_DEFAULT, description: "How many entries at most, 1 to 1,000." });

/** What a leaderboard costs by its length. */
export const leaderboardComplexity = ({ first }: { first?: number | null | undefined }) => ({
  field: 1,
  multiplier: Math.max(first ?? FIRST_DEFAULT, 1),
});

/** @throws ValidationError where `first` is out of range */
export function readFirst(first: number | null | undefined): number {
  const value = first ?? FIRST_DEFAULT;
  if (value >= 1 && value <= FIRST_LIMIT) return value;
  throw ValidationError.of(["first"], `first must be from 1 to ${FIRST_LIMIT}.`);
}
