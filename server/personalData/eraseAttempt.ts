import type { AttemptId } from "../core/ids.ts";
import { forgetRollups, type RunSql } from "../history/index.ts";
import { anonymise, LOCK_SESSIONS } from "./anonymise.ts";

/** Takes the person out of one attempt, in the caller's transaction. False where there is no such attempt. */
export async function eraseAttempt(run: RunSql, id: AttemptId): Promise<boolean> {
  const [attempt] = await run<{ session_id: string; quiz_id: string }>(
    "SELECT session_id, quiz_id FROM attempt WHERE id = $1",
    [id],
  );
  if (!attempt) return false;
  await run(LOCK_SESSIONS, [[attempt.session_id]]);
  // Of somebody without an account, each attempt is the first; and the texts that were typed are counted, too.
  await forgetRollups(run, [attempt.quiz_id]);
  await anonymise(run, [{ id, sessionId: attempt.session_id }]);
  return true;
}
