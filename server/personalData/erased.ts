import { TEXT_KEY } from "../session/domain/answerChecking.ts";

/** What stands in place of the nickname of somebody who was erased. */
export const ERASED_NICKNAME = "Erased player";

const TEXT = "(erased)";

/**
 * What stands in place of a wrong text that somebody typed, which may say anything about anybody. A right one stays: it is
 * one of the quiz's own words.
 */
export const ERASED_ANSWER = {
  text: TEXT,
  fingerprint: `${TEXT_KEY}${TEXT}`,
  tallyKeys: [`${TEXT_KEY}${TEXT}`],
} as const;

/** Who owns quizzes and sessions that stay for other people's history when their owner is erased; nobody can sign in as it. */
export const NOBODY = {
  id: "00000000-0000-4000-8000-00000000dead",
  name: "Deleted user",
  /** Not an email address, so that nobody else's account can be in its way. */
  email: "deleted user",
} as const;
