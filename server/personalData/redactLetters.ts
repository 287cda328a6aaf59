import { z } from "zod";
import type { RunSql } from "../history/index.ts";
import { ERASED_ANSWER, ERASED_NICKNAME } from "./erased.ts";

interface Letter {
  readonly stream: string;
  readonly entry_id: string;
  readonly entry: string;
}

/** Of a journal entry, what may say who somebody is. */
const told = z.looseObject({
  attempt: z.looseObject({ id: z.string() }),
  answer: z
    .looseObject({ correct: z.boolean(), given: z.looseObject({ text: z.string().nullable() }) })
    .optional(),
});

/**
 * Takes the person out of dead letters too, which may be written again some day. A letter of theirs that cannot be read is
 * deleted: what cannot be read cannot be mended.
 */
export async function redactLetters(
  run: RunSql,
  attempts: readonly { readonly id: string; readonly sessionId: string }[],
): Promise<void> {
  const sessions = [...new Set(attempts.map(({ sessionId }) => sessionId))];
  const letters = await run<Letter>(
    "SELECT stream, entry_id, entry FROM dead_letter WHERE session_id = ANY ($1::text[]) OR session_id IS NULL",
    [sessions],
  );
  for (const { stream, entry_id: entryId, entry } of letters) {
    if (!attempts.some(({ id }) => entry.includes(id))) continue;
    const redacted = redact(entry);
    await (redacted === null
      ? run("DELETE FROM dead_letter WHERE stream = $1 AND entry_id = $2", [stream, entryId])
      : run("UPDATE dead_letter SET entry = $3 WHERE stream = $1 AND entry_id = $2", [
          stream,
          entryId,
          redacted,
        ]));
  }
}

function redact(entry: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(entry);
  } catch {
    return null;
  }
  const { success, data } = told.safeParse(value);
  if (!success) return null;
  const { attempt, answer } = data;
  const wrongText = answer && !answer.correct && answer.given.text !== null;
  return JSON.stringify({
    ...data,
    attempt: { ...attempt, nickname: ERASED_NICKNAME, userId: null },
    ...(wrongText && {
      answer: {
        ...answer,
        given: { ...answer.given, text: ERASED_ANSWER.text },
        ...{ fingerprint: ERASED_ANSWER.fingerprint, tallyKeys: ERASED_ANSWER.tallyKeys },
      },
    }),
  });
}
