import { type DocumentNode, execute, parse, validate } from "graphql";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { TEST_SECRET } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { testObservability } from "../../tests/fixtures/observability.ts";
import { contentOf, ToldSession, writeEntries, writeQuiz } from "../../tests/fixtures/writtenHistory.ts";
import { systemClock } from "../core/clock.ts";
import { type Context, createContextFactory } from "../graphql/context.ts";
import { globalId } from "../graphql/globalIds.ts";
import { schema } from "../graphql/schema.ts";
import { startAlone } from "../live/alone.ts";
import { createServices, type RunningServices } from "../services.ts";

const QUIZZES = 3;
const SESSIONS = 6;
const PLAYERS = 5;

let database: TestDatabase;
let running: RunningServices;
let createContext: () => Promise<Context>;
let quizId: string;

beforeAll(async () => {
  database = await startTestDatabase();
  running = await createServices({
    ...{
      database,
      startLive: startAlone,
      secret: TEST_SECRET,
      publicUrl: "http://localhost:4000",
      version: "0.0.0",
    },
    ...{ openDemoHost: false, clock: systemClock, observability: testObservability({ write: () => {} }) },
  });
  const { services } = running;
  const credentials = { email: "host@example.org", password: "correct horse", name: "Host" };
  const { token, user } = await services.accounts.signUp(credentials, new Headers());
  createContext = () =>
    createContextFactory(services)({ headers: new Headers({ authorization: `Bearer ${token}` }) });
  for (let quiz = 0; quiz < QUIZZES; quiz++) {
    const questions = contentOf([2, 3]);
    const of = await writeQuiz(database.pool, questions);
    await database.pool.query("UPDATE quiz SET owner_id = $1 WHERE id = $2", [user.id, of.quizId]);
    quizId = globalId("Quiz", of.quizId);
    for (let session = 0; session < SESSIONS; session++) {
      const code = String(100_000 + quiz * SESSIONS + session);
      const told = new ToldSession({
        ...of,
        hostId: user.id,
        code,
        questions,
        createdAt: 1_900_000_000_000 + session,
      });
      for (let player = 0; player < PLAYERS; player++) told.join(null, 1_900_000_000_000 + player);
      for (const { id } of [...told.attempts])
        for (const question of questions)
          told.answer(id, question, { picked: [0], points: 10, elapsedMs: 5 });
      told.tell({ state: "FINISHED", finishedAt: 1_900_000_100_000, asked: 2 });
      await writeEntries(database.pool, told.entries, async () => {});
    }
  }
});
afterAll(async () => {
  await running.stop();
  await database.close();
});

/** How many statements an operation costs, with what PostgreSQL is told by itself left out. */
async function statements(document: DocumentNode, variableValues: Record<string, unknown>): Promise<number> {
  const contextValue = await createContext();
  const spy = vi.spyOn(pg.Client.prototype, "query");
  try {
    const { errors } = await execute({ schema, document, variableValues, contextValue });
    expect(errors).toBeUndefined();
    return spy.mock.calls.filter(([statement]) => !/heartbeat|BEGIN|COMMIT/i.test(textOf(statement))).length;
  } finally {
    spy.mockRestore();
  }
}

function textOf(statement: unknown): string {
  return typeof statement === "string" ? statement : JSON.stringify(statement);
}

const ATTEMPT = `id nickname rank finishedAt
  session { code quizTitle playerCount leaderboard(first: 2) { playerCount entries { rank nickname } } }
  answers { edges { node { points correct attempt { nickname session { code } } } } }
  review { question { prompt results { answerCount choices { count } } } answer { points } }`;
const QUERIES = {
  "attempts with all that belongs to them": `query ($first: Int, $quiz: ID!) {
    attempts(first: $first) { totalCount edges { node { ${ATTEMPT} } } } node(id: $quiz) { id } }`,
  "sessions of quizzes with their attempts": `query ($first: Int, $quiz: ID!) {
    quizzes(first: $first, mine: true) { edges { node { title owner { name }
      sessions(first: $first) { totalCount edges { node { code leaderboard(first: 2) { entries { nickname } }
        review { prompt results { answerCount } } attempts(first: $first) { edges { node { ${ATTEMPT} } } } } } } } } }
    node(id: $quiz) { id } }`,
  "a viewer's sessions": `query ($first: Int, $quiz: ID!) { viewer { sessions(first: $first) { edges { node {
    code playerCount review { prompt results { answerCount choices { count } } } attempts(first: 2, orderBy: SCORE_DESC) { edges { node { nickname answers { edges { node { points } } } } } } } } } }
    node(id: $quiz) { id } }`,
  "the answers to a quiz": `query ($first: Int, $quiz: ID!) { node(id: $quiz) { ... on Quiz {
    answers(first: $first) { totalCount edges { node { points attempt { ${ATTEMPT} } } } } } } }`,
};

test.each(Object.entries(QUERIES))(
  "%s cost as many statements for two items as for many",
  async (_name, source) => {
    const document = parse(source);
    expect(validate(schema, document)).toEqual([]);
    // Contents are kept once they were read.
    await statements(document, { first: 6, quiz: quizId });
    const few = await statements(document, { first: 2, quiz: quizId });
    const many = await statements(document, { first: 6, quiz: quizId });
    expect(few).toBeGreaterThan(1);
    expect(many).toBe(few);
  },
);
