import { type MaybeRefOrGetter, type ShallowRef, shallowRef, toValue } from "vue";
import { LeaderboardUpdatedDocument } from "../graphql/generated/graphql.ts";
import { useLive } from "../graphql/useLive.ts";
import { newest } from "./sessionReducer.ts";
import type { Standings } from "./types.ts";

export interface UseLeaderboard {
  /** The newest standings; while paused, those from before. */
  leaderboard: Readonly<ShallowRef<Standings | undefined>>;
}

/** The first `first` of the leaderboard, moving as answers arrive. */
export function useLeaderboard(
  code: MaybeRefOrGetter<string>,
  first: MaybeRefOrGetter<number> = 10,
  options: { pause?: MaybeRefOrGetter<boolean> } = {},
): UseLeaderboard {
  const leaderboard = shallowRef<Standings>();
  useLive({
    document: LeaderboardUpdatedDocument,
    variables: () =>
      toValue(options.pause) === true ? undefined : { code: toValue(code), first: toValue(first) },
    onData: ({ leaderboardUpdated }) => {
      // More rows of the same version are news as well.
      const shown = leaderboard.value;
      const longer =
        shown?.version === leaderboardUpdated.version &&
        shown.entries.length !== leaderboardUpdated.entries.length;
      leaderboard.value = longer ? leaderboardUpdated : newest(shown, leaderboardUpdated);
    },
  });
  return { leaderboard };
}
