import type { RunSql } from "../history/index.ts";
import { ERASED_ANSWER, ERASED_NICKNAME } from "./erased.ts";
import { redactLetters } from "./redactLetters.ts";

/** Sessions before quizzes, and both in the order of their ids, as the journal locks them. */
export const LOCK_SESSIONS = "SELECT id FROM session WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE";

const ANSWERS = `UPDATE answer SET text = $2, fingerprint = $3, tally_keys = $4::text[]
  WHERE attempt_id = ANY ($1::uuid[]) AND text IS NOT NULL AND NOT correct`;
/** Messages are composed anew where there is none; what was answered to them may repeat it. */
const MESSAGES = `UPDATE webhook_delivery SET payload = NULL, response_body = NULL
  WHERE subject_id = ANY ($1::uuid[]) AND (payload IS NOT NULL OR response_body IS NOT NULL)`;
const ATTEMPTS = "UPDATE attempt SET nickname = $2, user_id = NULL WHERE id = ANY ($1::uuid[])";

/**
 * Takes the person out of attempts, in the caller's transaction, which holds their sessions and has let go of what is counted
 * of their quizzes: nickname, account and wrong texts. What was answered, and what it earned, stays. The journal never
 * writes a nickname or an account over what is there, so nothing that comes late brings them back.
 */
export async function anonymise(
  run: RunSql,
  attempts: readonly { readonly id: string; readonly sessionId: string }[],
): Promise<void> {
  if (attempts.length === 0) return;
  const ids = attempts.map(({ id }) => id);
  const { text, fingerprint, tallyKeys } = ERASED_ANSWER;
  await run(ANSWERS, [ids, text, fingerprint, tallyKeys]);
  await run(ATTEMPTS, [ids, ERASED_NICKNAME]);
  await run(MESSAGES, [[...ids, ...new Set(attempts.map(({ sessionId }) => sessionId))]]);
  await redactLetters(run, attempts);
}
