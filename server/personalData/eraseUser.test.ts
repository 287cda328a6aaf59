import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestAccounts } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { contentOf, ToldSession, writeEntries, writeQuiz } from "../../tests/fixtures/writtenHistory.ts";
import type { QuizId, UserId } from "../core/ids.ts";
import { inTransaction } from "../history/index.ts";
import {
  computeRollup,
  readStoredRollup,
  rebuildRollup,
  sqlOf,
  updateRollups,
} from "../history/rollups/index.ts";
import { eraseAttempt } from "./eraseAttempt.ts";
import { NOBODY } from "./erased.ts";
import { eraseUser, type HostedSessions } from "./eraseUser.ts";
import { exportPerson } from "./exportPerson.ts";
import { UnfinishedSessionsError } from "./refusals.ts";

/** Words that are nowhere else, by which a person is found in whatever table. */
const WORDS = {
  email: "zanzibar@example.org",
  name: "Zora Quixote",
  nickname: "Zorilla",
  text: "my cat Zebedee",
};
const QUESTIONS = contentOf([2, 4]);
const IDS = QUESTIONS.map(({ id }) => id).sort();
const JOINED = 1_900_000_000_000;
const [FIRST, SECOND] = QUESTIONS;
if (!FIRST || !SECOND) throw new Error("Two questions are needed");

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const run = <Row>(text: string, values: readonly unknown[] = []) => sqlOf(database.pool)<Row>(text, values);
const write = (entries: ToldSession["entries"]) =>
  writeEntries(database.pool, entries, (client, touched) =>
    updateRollups(client, touched, (error) => {
      throw error;
    }),
  );
const erase = (userId: UserId, hosted: HostedSessions = "KEEP") =>
  inTransaction(database.pool, (sql) => eraseUser(sql, userId, hosted));

type Of = Awaited<ReturnType<typeof writeQuiz>>;

/** A game in which each learner (null: without an account) answers both questions; right or wrong by turns. */
async function play(
  of: Of,
  learners: readonly (UserId | null)[],
  { finished = true } = {},
): Promise<ToldSession> {
  const session = new ToldSession({ ...of, questions: QUESTIONS });
  for (const [index, learner] of learners.entries()) {
    session.join(learner, JOINED + index);
    const id = session.attempts[index]?.id;
    if (!id || !FIRST || !SECOND) throw new Error("Nobody joined");
    session.answer(id, FIRST, { picked: [index % 2], points: 500, elapsedMs: 1000 + index });
    session.answer(id, SECOND, { picked: [0, 2], points: 300, elapsedMs: 2000 + index });
  }
  if (finished) session.tell({ state: "FINISHED", finishedAt: JOINED + 100_000, asked: 2 });
  await write(session.entries);
  return session;
}

/** The tables in which the person is found by any of their words, or by their id. */
async function tracesOf(...needles: readonly string[]): Promise<string[]> {
  const tables = await run<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const like = needles.map((needle) => `%${needle}%`);
    const rows = await run(`SELECT 1 FROM ${name} AS row WHERE row::text ILIKE ANY ($1::text[]) LIMIT 1`, [
      like,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

/** A person with an account, a key, a quiz of their own, and attempts at another's, with a text that says who they are. */
async function person(of: Of) {
  const accounts = createTestAccounts(database);
  const { email, name } = WORDS;
  const { user } = await accounts.signUp({ email, name, password: "correct horse" }, new Headers());
  await accounts.apiKeys.create(user.id, { name: "of Zora Quixote" });
  const played = [await play(of, [user.id, null]), await play(of, [null, user.id])];
  const own = played.flatMap(({ attempts }) => attempts.filter(({ userId }) => userId === user.id));
  await run("UPDATE attempt SET nickname = $2 WHERE user_id = $1", [user.id, WORDS.nickname]);
  await run(
    `UPDATE answer SET text = $2, tally_keys = ARRAY['text:' || $2], fingerprint = 'text:' || $2, choice_ids = '{}'
     WHERE attempt_id IN (SELECT id FROM attempt WHERE user_id = $1) AND NOT correct`,
    [user.id, WORDS.text],
  );
  for (const [index, { id, sessionId }] of own.entries()) {
    const entry = {
      attempt: { id, nickname: WORDS.nickname },
      answer: { correct: false, given: { text: WORDS.text } },
    };
    await run(
      "INSERT INTO dead_letter (stream, entry_id, session_id, entry, error) VALUES ('s', $1, $2, $3, 'refused')",
      [id, sessionId, index === 0 ? JSON.stringify(entry) : `{"id":"${id}", ${WORDS.nickname}`],
    );
  }
  await run(
    `WITH hook AS (INSERT INTO webhook (id, user_id, url, events, secret)
       VALUES (gen_random_uuid(), $1, 'https://example.org', '{}', 'sealed') RETURNING id)
     INSERT INTO webhook_delivery (id, webhook_id, type, subject_id, occurred_at, payload, response_body)
     SELECT gen_random_uuid(), hook.id, 'attempt.finished', unnest($2::uuid[]), now(), $3, $3 FROM hook`,
    [of.hostId, own.flatMap(({ id, sessionId }) => [id, sessionId]), WORDS.nickname],
  );
  await rebuildRollup(database.pool, of.quizId);
  return { user, own, played };
}

async function agrees(quizId: QuizId): Promise<number> {
  const stored = await readStoredRollup(run, quizId, IDS, false);
  const computed = await computeRollup(
    run,
    { sql: "attempt.quiz_id = $4::uuid", values: [quizId] },
    IDS,
    false,
  );
  expect(stored).toEqual(computed);
  return computed.totals.reduce((sum, { attempts }) => sum + attempts, 0);
}

test("an erased learner is found nowhere, and statistics equal those computed anew", async () => {
  const of = await writeQuiz(database.pool, QUESTIONS);
  const { user, own, played } = await person(of);
  const needles = [...Object.values(WORDS), user.id];
  expect((await tracesOf(...needles)).length).toBeGreaterThan(7);
  // Two of the learner's attempts, of which the second is no first one, and two of others.
  expect(await agrees(of.quizId)).toBe(3);
  const before = await run("SELECT score, final_rank, answered_count FROM attempt ORDER BY id");

  expect(await erase(user.id)).toEqual({
    ...{ attempts: 2, quizzesDeleted: 0, quizzesKept: 0, sessionsDeleted: 0, sessionsKept: 0 },
  });
  expect(await tracesOf(...needles)).toEqual([]);
  expect(await run("SELECT score, final_rank, answered_count FROM attempt ORDER BY id")).toEqual(before);
  expect(await readStoredRollup(run, of.quizId, IDS, false)).toBeNull();
  await rebuildRollup(database.pool, of.quizId);
  // Nobody can tell any more that two of the attempts were one learner's.
  expect(await agrees(of.quizId)).toBe(4);

  // I1: what comes late from the journal is written once more, and does not bring the nickname back.
  for (const { entries, attempts } of played) {
    await write(entries);
    const late = attempts.filter(({ id }) => own.some((one) => one.id === id));
    await write(
      late.map((attempt, index) => ({
        ...{ kind: "attempt", sessionId: attempt.sessionId, at: JOINED, version: 100 + index },
        attempt: {
          ...attempt,
          nickname: WORDS.nickname,
          userId: user.id,
          status: "FINISHED",
          version: 100 + index,
        },
      })),
    );
  }
  // Nor does one that was still on its way when the account went bring its id back, or fail for the want of it.
  await play(of, [user.id]);
  expect(await tracesOf(WORDS.nickname, user.id)).toEqual([]);
  expect(await agrees(of.quizId)).toBe(5);
  expect(await erase(user.id)).toBeNull();
});

test("a host's sessions stay for those who played, with nobody as their host, or go with everyone's answers", async () => {
  const foreign = await writeQuiz(database.pool, QUESTIONS, 1);
  const [learner = null] = foreign.learners;
  for (const hosted of ["KEEP", "DELETE"] as const) {
    const of = await writeQuiz(database.pool, QUESTIONS);
    const unused = await writeQuiz(database.pool, QUESTIONS);
    const shared = await writeQuiz(database.pool, QUESTIONS);
    await run("UPDATE quiz SET owner_id = $1 WHERE id IN ($2, $3)", [
      of.hostId,
      unused.quizId,
      shared.quizId,
    ]);
    await run("UPDATE quiz SET visibility = 'PUBLIC' WHERE id = $1", [shared.quizId]);
    const { setup } = await play(of, [learner, null]);
    const elsewhere = await play({ ...foreign, hostId: of.hostId }, [learner]);
    // A public quiz of theirs that somebody else ran.
    const byOther = await play({ ...of, hostId: foreign.hostId }, [learner]);
    await rebuildRollup(database.pool, foreign.quizId);

    const kept = { sessionsDeleted: 0, sessionsKept: 2 };
    expect(await erase(of.hostId, hosted)).toEqual({
      ...{ attempts: 0, quizzesDeleted: 1, quizzesKept: 2 },
      ...(hosted === "KEEP" ? kept : { sessionsDeleted: 2, sessionsKept: 0 }),
    });
    expect(await tracesOf(of.hostId)).toEqual([]);
    const hosts = await run<{ id: string; host_id: string }>(
      "SELECT id, host_id FROM session WHERE id = ANY ($1::uuid[])",
      [[setup.id, elsewhere.setup.id, byOther.setup.id]],
    );
    const hostOf = new Map(hosts.map((row) => [row.id, row.host_id]));
    expect(hostOf.get(setup.id)).toBe(hosted === "KEEP" ? NOBODY.id : undefined);
    expect(hostOf.get(elsewhere.setup.id)).toBe(hosted === "KEEP" ? NOBODY.id : undefined);
    expect(hostOf.get(byOther.setup.id)).toBe(foreign.hostId);
    await rebuildRollup(database.pool, foreign.quizId);
    await agrees(foreign.quizId);
    expect(await run("SELECT deleted_at IS NOT NULL AS gone FROM quiz WHERE id = $1", [of.quizId])).toEqual([
      { gone: true },
    ]);
  }
});

test("whoever hosts, or plays in, a session that is not over stays until it is", async () => {
  const of = await writeQuiz(database.pool, QUESTIONS, 1);
  const [learner] = of.learners;
  if (!learner) throw new Error("There is no learner");
  const { setup, attempts } = await play(of, [learner], { finished: false });
  for (const userId of [of.hostId, learner]) {
    await expect(erase(userId)).rejects.toThrow(new UnfinishedSessionsError([setup.code]));
    expect(await tracesOf(userId)).not.toEqual([]);
  }
  await run("UPDATE attempt SET status = 'REMOVED' WHERE id = $1", [attempts[0]?.id]);
  expect(await erase(learner)).toMatchObject({ attempts: 1 });
});

test("one attempt is erased without its session", async () => {
  const of = await writeQuiz(database.pool, QUESTIONS, 1);
  const { attempts } = await play(of, [of.learners[0] ?? null, null]);
  await run("UPDATE attempt SET nickname = id::text WHERE session_id = $1", [attempts[0]?.sessionId]);
  const [one, other] = attempts;
  if (!one || !other) throw new Error("Nobody played");
  const eraseOne = () => inTransaction(database.pool, (sql) => eraseAttempt(sql, one.id));
  expect(await eraseOne()).toBe(true);
  expect(await eraseOne()).toBe(true);
  const rows = await run(
    "SELECT nickname, user_id FROM attempt WHERE id = ANY ($1::uuid[]) ORDER BY joined_at",
    [[one.id, other.id]],
  );
  expect(rows).toEqual([
    { nickname: "Erased player", user_id: null },
    { nickname: other.id, user_id: null },
  ]);
});

test("an export has all that is known of a person, in words, and nothing of others", async () => {
  const of = await writeQuiz(database.pool, QUESTIONS, 1);
  const { user } = await person(of);
  await play({ ...of, hostId: user.id }, [of.learners[0] ?? null]);
  const data = await exportPerson(database.prisma, user.id, { now: JOINED });
  const text = JSON.stringify(data);
  for (const word of Object.values(WORDS)) expect(text).toContain(word);
  expect(text).not.toContain(of.learners[0]);
  expect(text).not.toMatch(/password|"key"/);
  expect(data).toMatchObject({
    ...{
      account: { id: user.id, email: WORDS.email },
      signIns: [{}],
      apiKeys: [{ name: "of Zora Quixote" }],
    },
    sessionsHosted: [{ quizTitle: "Words", players: 1 }],
    attempts: [{ nickname: WORDS.nickname, quizTitle: "Words", rank: 1, answers: [{}, {}] }, {}],
  });
  expect(data?.attempts[0]?.answers[0]).toMatchObject({
    question: "Number 1",
    given: ["Choice 1"],
    correct: true,
  });
  const limited = exportPerson(database.prisma, user.id, { now: JOINED, attemptLimit: 1 });
  await expect(limited).rejects.toThrow(/more than can be sent/);
});
