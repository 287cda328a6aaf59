import { z } from "zod";
import type { JournalEntry } from "../../session/store/journal.ts";

/** What stands in a stream is not a journal entry. Trying again will not make it one. */
export class UnreadableEntryError extends Error {
  override readonly name = "UnreadableEntryError";
}

const MAX_INT = 2 ** 31 - 1;
/** The end of the year 9999: later times have another form in text. */
const MAX_TIME = 253_402_300_799_999;

const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const text = z.string();
const count = z.int().min(0).max(MAX_INT);
const whole = z.int().min(-MAX_INT).max(MAX_INT);
const time = z.int().min(0).max(MAX_TIME);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(10_000);

const opened = z.object({ number: count, opensAt: time, closesAt: time });

const phase = z.discriminatedUnion("state", [
  z.object({ state: z.literal("LOBBY") }),
  z.object({ state: z.literal("RUNNING") }),
  z.object({ state: z.literal("QUESTION_OPEN"), question: opened }),
  z.object({ state: z.literal("QUESTION_CLOSED"), question: opened }),
  z.object({ state: z.literal("FINISHED"), finishedAt: time, asked: count }),
]);

const setup = z.object({
  ...{ id, code: text, hostId: text, quizId: id, quizVersionId: id, quizTitle: text },
  pacing: z.enum(["HOST_PACED", "SELF_PACED"]),
  scoring: z.enum(["CLASSIC", "ACCURACY"]),
  closeWhenAllAnswered: z.boolean(),
  seed: text,
  createdAt: time,
  questions: list(z.object({ id, timeLimitMs: count, points: count })),
});

const attempt = z.object({
  ...{ id, sessionId: id, userId: text.nullable(), nickname: text },
  status: z.enum(["ACTIVE", "FINISHED", "REMOVED"]),
  ...{ score: whole, reachedVersion: count, answeredCount: count, correctCount: count },
  ...{ streak: count, streakNumber: count, overCount: count, version: count },
  ...{ joinedAt: time, finishedAt: time.nullable(), facing: opened.nullable() },
});

const answer = z.object({
  ...{ attemptId: id, sessionId: id, questionId: id, number: count },
  given: z.object({ choiceIds: list(id), text: text.nullable() }),
  ...{ fingerprint: text, tallyKeys: list(text), correct: z.boolean(), points: whole },
  breakdown: z.object({
    ...{ base: whole, speed: z.number(), share: z.number(), streak: count, streakBonus: whole },
  }),
  elapsedMs: count,
  answeredAt: time,
});

const base = { sessionId: id, version: count, at: time };
const entry = z
  .discriminatedUnion("kind", [
    z.object({ ...base, kind: z.literal("opened"), setup }),
    z.object({ ...base, kind: z.literal("phase"), phase }),
    z.object({ ...base, kind: z.literal("attempt"), attempt }),
    z.object({ ...base, kind: z.literal("answer"), attempt, answer }),
  ])
  .refine((read) => {
    // Rows are locked by the entry's session: what it carries must be of that one.
    if (read.kind === "opened") return read.setup.id === read.sessionId;
    if (read.kind === "answer" && read.answer.sessionId !== read.sessionId) return false;
    return read.kind === "phase" || read.attempt.sessionId === read.sessionId;
  }, "it carries what is another session's");

/** @throws UnreadableEntryError */
export function readEntry(json: string | null): JournalEntry {
  if (json === null) throw new UnreadableEntryError("there is no field with an entry");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UnreadableEntryError("it is not JSON", { cause: error });
  }
  const read = entry.safeParse(value);
  if (!read.success) throw new UnreadableEntryError(z.prettifyError(read.error));
  return read.data as JournalEntry;
}
