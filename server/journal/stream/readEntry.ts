import type { JournalEntry } from "../../session/store/journal.ts";
import { flag, listOf, number, object, oneOf, orNull, tagged, text, those, whole } from "./shapes.ts";

/** What stands in a stream is not a journal entry. Trying again will not make it one. */
export class UnreadableEntryError extends Error {
  override readonly name = "UnreadableEntryError";
}

const MAX_INT = 2 ** 31 - 1;
/** The end of the year 9999: later times have another form in text. */
const MAX_TIME = 253_402_300_799_999;
const MAX_ITEMS = 10_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const id = those((value) => typeof value === "string" && UUID.test(value));
const count = whole(0, MAX_INT);
const points = whole(-MAX_INT, MAX_INT);
const time = whole(0, MAX_TIME);

const opened = object({ number: count, opensAt: time, closesAt: time });

const phase = tagged("state", {
  LOBBY: object({}),
  RUNNING: object({}),
  QUESTION_OPEN: object({ question: opened }),
  QUESTION_CLOSED: object({ question: opened }),
  FINISHED: object({ finishedAt: time, asked: count }),
});

const setup = object({
  ...{ id, code: text, hostId: text, quizId: id, quizVersionId: id, quizTitle: text },
  pacing: oneOf("HOST_PACED", "SELF_PACED"),
  scoring: oneOf("CLASSIC", "ACCURACY"),
  closeWhenAllAnswered: flag,
  seed: text,
  createdAt: time,
  questions: listOf(object({ id, timeLimitMs: count, points: count }), MAX_ITEMS),
});

const attempt = object({
  ...{ id, sessionId: id, userId: orNull(text), nickname: text },
  status: oneOf("ACTIVE", "FINISHED", "REMOVED"),
  ...{ score: points, reachedVersion: count, answeredCount: count, correctCount: count },
  ...{ streak: count, streakNumber: count, overCount: count, version: count },
  ...{ joinedAt: time, finishedAt: orNull(time), facing: orNull(opened) },
});

const answer = object({
  ...{ attemptId: id, sessionId: id, questionId: id, number: count },
  given: object({ choiceIds: listOf(id, MAX_ITEMS), text: orNull(text) }),
  ...{ fingerprint: text, tallyKeys: listOf(text, MAX_ITEMS), correct: flag, points },
  breakdown: object({ base: points, speed: number, share: number, streak: count, streakBonus: points }),
  elapsedMs: count,
  answeredAt: time,
});

const base = { sessionId: id, version: count, at: time };
const entry = tagged("kind", {
  opened: object({ ...base, setup }),
  phase: object({ ...base, phase }),
  attempt: object({ ...base, attempt }),
  answer: object({ ...base, attempt, answer }),
});

/** @throws UnreadableEntryError */
export function readEntry(json: string | null): JournalEntry {
  if (json === null) throw new UnreadableEntryError("there is no field with an entry");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UnreadableEntryError("it is not JSON", { cause: error });
  }
  const wrong = entry(value);
  if (wrong !== null) throw new UnreadableEntryError(`it is wrong, or missing, at ${wrong || "the top"}`);
  const read = value as JournalEntry;
  if (!isOfOneSession(read)) throw new UnreadableEntryError("it carries what is another session's");
  return read;
}

/** Rows are locked by the entry's session: what it carries must be of that one. */
function isOfOneSession(read: JournalEntry): boolean {
  if (read.kind === "opened") return read.setup.id === read.sessionId;
  if (read.kind === "answer" && read.answer.sessionId !== read.sessionId) return false;
  return read.kind === "phase" || read.attempt.sessionId === read.sessionId;
}
