import { type ShallowRef, shallowRef } from "vue";
import { AttemptUpdatedDocument } from "../graphql/generated/graphql.ts";
import { useLive } from "../graphql/useLive.ts";
import { attemptReducer } from "./sessionReducer.ts";
import type { OwnAttempt } from "./types.ts";

export interface UseAttempt {
  attempt: Readonly<ShallowRef<OwnAttempt | undefined>>;
  /** Takes in what an acknowledgement says about the attempt, unless a push has said more already. */
  fold: (attempt: OwnAttempt) => void;
}

/** The player's own attempt, kept up to date; needs a player's connection (`providePlayerApi`). */
export function useAttempt(): UseAttempt {
  const attempt = shallowRef<OwnAttempt>();
  const fold = (event: OwnAttempt) => {
    attempt.value = attemptReducer(attempt.value, event);
  };
  useLive({
    document: AttemptUpdatedDocument,
    variables: () => ({}),
    onData: ({ attemptUpdated }) => fold(attemptUpdated),
  });
  return { attempt, fold };
}
