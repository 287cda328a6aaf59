import { expect, test } from "vitest";
import { readEntry, UnreadableEntryError } from "./readEntry.ts";

const ID = "0190b3a4-0000-7000-8000-000000000001";
const OTHER = "0190b3a4-0000-7000-8000-000000000002";

const base = { sessionId: ID, version: 3, at: 1_900_000_000_000 };
const question = { number: 1, opensAt: 1, closesAt: 2 };
const attempt = {
  ...{
    id: OTHER,
    sessionId: ID,
    userId: null,
    nickname: "Ada",
    status: "ACTIVE",
    score: 900,
    reachedVersion: 3,
  },
  ...{ answeredCount: 1, correctCount: 1, streak: 1, streakNumber: 1, overCount: 0, version: 3 },
  ...{ joinedAt: 1, finishedAt: null, facing: question },
};
const answer = {
  ...{
    attemptId: OTHER,
    sessionId: ID,
    questionId: OTHER,
    number: 1,
    fingerprint: OTHER,
    tallyKeys: [OTHER],
  },
  ...{ given: { choiceIds: [OTHER], text: null }, correct: true, points: 900, elapsedMs: 5, answeredAt: 2 },
  breakdown: { base: 1000, speed: 0.9, share: 1, streak: 1, streakBonus: 0 },
};
const setup = {
  ...{ id: ID, code: "123456", hostId: "host", quizId: OTHER, quizVersionId: OTHER, quizTitle: "Words" },
  ...{ pacing: "HOST_PACED", scoring: "CLASSIC", closeWhenAllAnswered: false, seed: "seed", createdAt: 1 },
  questions: [{ id: OTHER, timeLimitMs: 1000, points: 1000 }],
};
const phases = [
  { state: "LOBBY" },
  { state: "RUNNING" },
  { state: "QUESTION_OPEN", question },
  { state: "QUESTION_CLOSED", question },
  { state: "FINISHED", finishedAt: 3, asked: 1 },
];
const entries: readonly object[] = [
  { ...base, kind: "opened", setup },
  { ...base, kind: "attempt", attempt },
  { ...base, kind: "answer", attempt, answer },
  ...phases.map((phase) => ({ ...base, kind: "phase", phase })),
];

/** The same value without each of its parts in turn, and with something in its place that none of them can be. */
function* damaged(value: object): Generator<readonly [path: string, value: object]> {
  for (const [name, part] of Object.entries(value)) {
    const { [name]: _, ...rest } = value as Record<string, unknown>;
    if (!Array.isArray(value)) yield [name, rest];
    const put = (other: unknown) =>
      Array.isArray(value) ? value.with(Number(name), other) : { ...value, [name]: other };
    for (const wrong of [-(2 ** 31), 2 ** 53, 0.5, "?\u0000", true, {}]) {
      const isFine = typeof wrong === typeof part && ["string", "boolean"].includes(typeof part);
      if (!isFine && !(["speed", "share"].includes(name) && typeof wrong === "number")) {
        // Text may be missing, or be any text.
        if (!(name === "text" || name === "userId") || typeof wrong !== "string") yield [name, put(wrong)];
      }
    }
    if (typeof part === "object" && part !== null)
      for (const [path, inner] of damaged(part)) yield [`${name}.${path}`, put(inner)];
  }
}

test("each kind of entry is read as it was written", () => {
  for (const entry of entries) expect(readEntry(JSON.stringify(entry))).toEqual(entry);
});

test("an entry of which anything is missing, or is something else, is refused, and it is said where", () => {
  let refused = 0;
  for (const entry of entries) {
    for (const [path, value] of damaged(entry)) {
      const read = () => readEntry(JSON.stringify(value));
      expect(read, path).toThrow(UnreadableEntryError);
      expect(read, path).toThrow(path.split(".")[0]);
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(500);
});

test("what is no entry at all is refused, and so are names, ids and times that no column takes", () => {
  for (const text of [null, "", "{", "null", "[]", '"answer"', '{"kind":"toString"}'])
    expect(() => readEntry(text)).toThrow(UnreadableEntryError);
  const wrong = [
    { ...attempt, id: ID.toUpperCase() },
    { ...attempt, status: "constructor" },
    { ...attempt, joinedAt: 253_402_300_800_000 },
    { ...attempt, version: 2 ** 31 },
  ];
  for (const one of wrong) {
    const text = JSON.stringify({ ...base, kind: "attempt", attempt: one });
    expect(() => readEntry(text)).toThrow("attempt.");
  }
});

test("what an entry carries must be of its session, whose row is the one that is locked", () => {
  for (const entry of entries.slice(0, 3)) {
    const text = JSON.stringify({ ...entry, sessionId: OTHER });
    expect(() => readEntry(text)).toThrow("another session's");
  }
});
