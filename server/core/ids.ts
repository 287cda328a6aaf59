import { randomUUID } from "node:crypto";
import { v5, v7 } from "uuid";

declare const brand: unique symbol;

/** A string that was checked to be an id of one kind of thing; made at the edges only. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type UserId = Id<"User">;
export type ApiKeyId = Id<"ApiKey">;
export type QuizId = Id<"Quiz">;
export type QuizVersionId = Id<"QuizVersion">;
export type QuestionId = Id<"Question">;
export type ChoiceId = Id<"Choice">;
export type SessionId = Id<"Session">;
export type AttemptId = Id<"Attempt">;
export type AnswerId = Id<"Answer">;

/** A new id that sorts by its time of birth, for rows that are read in that order. */
export function sortableId<Kind extends string>(): Id<Kind> {
  return v7() as Id<Kind>;
}

/** A new id that tells nothing, not even which of two was made first. */
export function opaqueId<Kind extends string>(): Id<Kind> {
  return randomUUID() as Id<Kind>;
}

// A fixed namespace: the same words give the same id in every process and version.
const DERIVED = "c2b9f5de-3a0c-4c7c-9f0e-6c1f0f8f4a55";

/** The id that these words always give; whoever does not know all of them cannot guess it. */
export function derivedId<Kind extends string>(...words: readonly string[]): Id<Kind> {
  return v5(JSON.stringify(words), DERIVED) as Id<Kind>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads an id that came from outside; null where it cannot be one. */
export function readId<Kind extends string>(text: string): Id<Kind> | null {
  return UUID.test(text) ? (text as Id<Kind>) : null;
}
