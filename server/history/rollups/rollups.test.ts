import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../../../tests/fixtures/database.ts";
import { type PlainAttempt, plainStatistics } from "../../../tests/fixtures/plainStatistics.ts";
import { contentOf, ToldSession, writeEntries, writeQuiz } from "../../../tests/fixtures/writtenHistory.ts";
import type { QuizId } from "../../core/ids.ts";
import type { JournalEntry } from "../../session/store/journal.ts";
import { analyse, type QuizStatistics } from "../statistics.ts";
import { computeRollup, readStoredRollup, rebuildRollup, sqlOf, updateRollups } from "./index.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const failed = (error: unknown) => {
  throw error;
};
const write = (entries: readonly JournalEntry[]) =>
  writeEntries(database.pool, entries, (client, touched) => updateRollups(client, touched, failed));

type Action =
  | { readonly kind: "open"; readonly selfPaced: boolean }
  | { readonly kind: "join"; readonly session: number; readonly learner: number; readonly at: number }
  | {
      readonly kind: "answer";
      readonly who: number;
      readonly question: number;
      readonly picked: number[];
      readonly elapsedMs: number;
    }
  | { readonly kind: "end"; readonly who: number; readonly status: "FINISHED" | "REMOVED" }
  | { readonly kind: "finish"; readonly session: number; readonly asked: number }
  | { readonly kind: "write"; readonly from: number; readonly again: boolean };

const small = fc.nat({ max: 40 });
const action = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("open" as const), selfPaced: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      session: small,
      learner: fc.nat({ max: 4 }),
      at: small,
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      ...{ kind: fc.constant("answer" as const), who: small, question: small },
      picked: fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 3 }),
      elapsedMs: fc.integer({ min: 0, max: 1000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("end" as const),
      who: small,
      status: fc.constantFrom("FINISHED" as const, "REMOVED" as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("finish" as const), session: small, asked: fc.nat({ max: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("write" as const), from: small, again: fc.boolean() }),
  },
);

const CONTENT = contentOf([2, 4, 3, 5]);
const IDS = CONTENT.map(({ id }) => id).sort();
const OF_QUIZ = { sql: "attempt.quiz_id = $4::uuid" };

test("I1: stored statistics always equal those computed from the answers, however batches are cut and written again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 60 }), async (actions) => {
      const world = await play(actions.concat({ kind: "write", from: 0, again: false }));
      await agrees(world);
      const stored = await readStoredRollup(sqlOf(database.pool), world, IDS, true);
      await rebuildRollup(database.pool, world);
      const anew = await readStoredRollup(sqlOf(database.pool), world, IDS, true);
      expect(anew).toEqual(stored ?? anew);
    }),
    { numRuns: 40, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: false },
  );
}, 120_000);

/** Plays a quiz of its own, and gives its id. What was said before a `write` is written by it, from anywhere on. */
async function play(actions: readonly Action[]): Promise<QuizId> {
  const { learners, ...of } = await writeQuiz(database.pool, CONTENT, 3);
  // Rollups exist from the first finished attempt on; half of the quizzes have been asked for before.
  if (actions.length % 2 === 0) await rebuildRollup(database.pool, of.quizId);
  const sessions: ToldSession[] = [];
  const written = new Map<ToldSession, number>();
  const everyone = () =>
    sessions.flatMap((session) => session.attempts.map((attempt) => ({ session, attempt })));
  for (const step of actions) {
    const at = <Item>(items: readonly Item[], index: number) => items[index % Math.max(1, items.length)];
    switch (step.kind) {
      case "open":
        sessions.push(
          new ToldSession({
            ...of,
            questions: CONTENT,
            pacing: step.selfPaced ? "SELF_PACED" : "HOST_PACED",
          }),
        );
        break;
      case "join": {
        const learner = learners[step.learner];
        at(sessions, step.session)?.join(learner ?? null, 1_900_000_000_000 + step.at);
        break;
      }
      case "answer": {
        const player = at(everyone(), step.who);
        const question = at(CONTENT, step.question);
        if (!player || !question || player.attempt.status === "REMOVED") break;
        const picked = [...new Set(step.picked.map((index) => index % question.choices.length))];
        player.session.answer(player.attempt.id, question, { ...step, picked, points: step.elapsedMs });
        break;
      }
      case "end": {
        const player = at(everyone(), step.who);
        const fits = player?.session.setup.pacing === "SELF_PACED" || step.status === "REMOVED";
        if (player && fits && player.attempt.status !== "REMOVED")
          player.session.end(player.attempt.id, step.status);
        break;
      }
      case "finish": {
        const session = at(sessions, step.session);
        // Once only: that is the end.
        if (!session || session.entries.some((entry) => entry.kind === "phase")) break;
        session.tell({ state: "FINISHED", finishedAt: 1_900_000_100_000, asked: step.asked });
        break;
      }
      case "write":
        // From the first that is not written yet, or from before it: a batch that is written again, whole or in part.
        for (const session of sessions) {
          const next = written.get(session) ?? 0;
          const from = step.again ? Math.min(next, step.from) : next;
          if (from < session.entries.length) await write(session.entries.slice(from));
          written.set(session, session.entries.length);
        }
        await agrees(of.quizId);
        break;
    }
  }
  return of.quizId;
}

/** What is stored of a quiz, where it is counted, is what computing gives, and what the definitions give. */
async function agrees(quizId: QuizId): Promise<void> {
  const run = sqlOf(database.pool);
  for (const repeats of [false, true]) {
    const computed = await computeRollup(run, { ...OF_QUIZ, values: [quizId] }, IDS, repeats);
    const stored = await readStoredRollup(run, quizId, IDS, repeats);
    if (stored) expect(sorted(stored)).toEqual(sorted(computed));
    const selection = repeats ? "ALL" : "FIRST";
    compare(analyse(CONTENT, stored ?? computed, selection), await attemptsOf(quizId, repeats));
  }
}

function sorted({ questions, ...rest }: Awaited<ReturnType<typeof computeRollup>>) {
  const met = [...questions].filter(([, { asked, answered }]) => asked > 0 || answered > 0);
  return {
    ...rest,
    questions: met
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, q]) => [id, { ...q, choices: [...q.choices].sort() }]),
  };
}

interface Row {
  readonly user_id: string | null;
  readonly score: number;
  readonly answers: readonly { q: string; share: number; correct: boolean; ms: number; keys: string[] }[];
}

async function attemptsOf(quizId: QuizId, repeats: boolean): Promise<PlainAttempt[]> {
  const rows = await sqlOf(database.pool)<Row>(
    `SELECT user_id, score, (SELECT COALESCE(json_agg(json_build_object('q', question_id, 'share', share, 'correct', correct,
       'ms', elapsed_ms, 'keys', tally_keys)), '[]') FROM answer WHERE attempt_id = attempt.id) AS answers
     FROM attempt JOIN session ON session.id = session_id WHERE session.quiz_id = $1 AND status = 'FINISHED'
     ORDER BY joined_at, attempt.id`,
    [quizId],
  );
  const seen = new Set<string>();
  const isFirst = (id: string | null) => id === null || (!seen.has(id) && seen.add(id).size > 0);
  return rows
    .filter(({ user_id }) => isFirst(user_id) || repeats)
    .map(({ user_id, score, answers }) => ({
      ...{ learner: user_id, score },
      answers: new Map(
        answers.map(({ q, share, correct, ms, keys }) => [
          q,
          { share, correct, elapsedMs: ms, picked: keys },
        ]),
      ),
    }));
}

const near = (value: number | null | undefined, other: number | null) =>
  other === null || Number.isNaN(other)
    ? expect(value ?? null).toBeNull()
    : expect(value).toBeCloseTo(other, 8);

function compare(result: QuizStatistics, attempts: readonly PlainAttempt[]): void {
  const plain = plainStatistics(
    CONTENT.map(({ id }) => id),
    attempts,
  );
  expect(result.attemptCount).toBe(plain.attemptCount);
  near(result.meanScore, plain.meanScore);
  near(result.reliability, attempts.length < 2 ? null : plain.reliability);
  near(result.standardError, attempts.length < 2 ? null : plain.standardError);
  expect(result.groups).toEqual(plain.groups);
  for (const [index, question] of result.questions.entries()) {
    const expected = plain.questions[index];
    if (!expected) throw new Error("A question is missing");
    expect(question.answerCount).toBe(expected.answerCount);
    near(question.facility, expected.facility);
    near(question.discrimination, attempts.length < 2 ? null : expected.discrimination);
    for (const p of ["p25", "median", "p75", "p90"] as const) {
      const value = expected.elapsedMs?.[p];
      expect(question.elapsedMs?.[p]).toBe(value === undefined ? undefined : Math.floor(value + 0.5));
    }
    for (const choice of question.choices) {
      const picks = expected.picks(choice.choiceId);
      expect(choice.count).toBe(picks.count);
      expect(choice.upperCount).toBe(plain.groups ? picks.upper : null);
      expect(choice.lowerCount).toBe(plain.groups ? picks.lower : null);
    }
  }
}
