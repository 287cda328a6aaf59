import type {
  AnswerViewFragment,
  AttemptViewFragment,
  LeaderboardViewFragment,
  QuestionViewFragment,
  ReviewViewFragment,
  SessionUpdatedSubscription,
} from "../graphql/generated/graphql.ts";

/** What the session's screens show, in the words of the schema. */
export type LiveSession = SessionUpdatedSubscription["sessionUpdated"];
export type LiveQuestion = QuestionViewFragment;
export type OwnAttempt = AttemptViewFragment;
export type OwnAnswer = AnswerViewFragment;
export type ReviewedQuestion = ReviewViewFragment;
export type Standings = LeaderboardViewFragment;
export type Entry = LeaderboardViewFragment["entries"][number];

/** What a player answers: one field, the one that the question's kind asks for. */
export type GivenAnswer =
  | { choiceIds: string[]; order?: never; text?: never }
  | { order: string[]; choiceIds?: never; text?: never }
  | { text: string; choiceIds?: never; order?: never };
