import type { QuestionId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import type { AttemptFilter } from "../index.ts";

export const AttemptFilterInput = builder.inputType("AttemptFilter", {
  description: "Which attempts; every rule that is given must hold.",
  fields: (t) => ({
    quizId: t.id({ description: "Of this quiz." }),
    sessionId: t.id({ description: "Of this session." }),
    nickname: t.string({ description: "With this nickname, without regard to case." }),
    joinedAfter: t.field({ type: "DateTime", description: "Joined after this." }),
    joinedBefore: t.field({ type: "DateTime", description: "Joined before this." }),
    minScore: t.int({ description: "With at least this score." }),
    maxScore: t.int({ description: "With at most this score." }),
    userId: t.id({ description: "Of this user, who played with their account." }),
  }),
});

/** No id of ours: a filter by an id that cannot be one matches nothing. */
export const NOTHING = "00000000-0000-0000-0000-000000000000" as QuestionId;

/** What the input means inside. */
export function readFilter(input: typeof AttemptFilterInput.$inferInput | null | undefined): AttemptFilter {
  const { quizId, sessionId, userId, nickname, joinedAfter, joinedBefore, minScore, maxScore } = input ?? {};
  return {
    ...(quizId != null && { quizId: readGlobalId("Quiz", quizId) ?? NOTHING }),
    ...(sessionId != null && { sessionId: readGlobalId("Session", sessionId) ?? NOTHING }),
    ...(userId != null && { userId: readGlobalId("User", userId) ?? NOTHING }),
    ...(nickname != null && { nickname }),
    ...(joinedAfter != null && { joinedAfter }),
    ...(joinedBefore != null && { joinedBefore }),
    ...(minScore != null && { minScore }),
    ...(maxScore != null && { maxScore }),
  };
}
