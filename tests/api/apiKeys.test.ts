import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request, type Variables } from "../fixtures/apiClient.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";

const SCOPES = ["READ_HISTORY", "MANAGE_QUIZZES", "RUN_SESSIONS"] as const;
type Scope = (typeof SCOPES)[number];

interface Key {
  readonly key: string;
  readonly apiKey: { readonly id: string; readonly start: string; readonly scopes: readonly Scope[] };
}

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;
/** A key of each scope alone. */
const keys = new Map<Scope, Key>();
/** Ids of a finished game with one player, and the code of one that goes on. */
const ids = { quiz: "", question: "", session: "", attempt: "", answer: "", open: "", code: "" };

const CREATE = `mutation ($input: CreateApiKeyInput!) { created: createApiKey(input: $input) {
  __typename ... on CreateApiKeySuccess { key apiKey { id name start scopes createdAt expiresAt lastUsedAt } }
  ... on ValidationError { issues { path message } } ... on Error { message } } }`;
const REVOKE = `mutation ($id: ID!) { revokeApiKey(id: $id) {
  __typename ... on RevokeApiKeySuccess { id revoked } ... on Error { message } } }`;

async function newKey(input: Variables, token = host): Promise<Key> {
  return (await api.query<{ created: Key }>(CREATE, { input }, token)).created;
}

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Host");
  quiz = await api.createQuiz(host, { title: "Private words" });
  for (const scope of SCOPES) keys.set(scope, await newKey({ name: scope, scopes: [scope] }));

  const session = await api.open(host, quiz.id);
  const { playerToken, attempt } = await api.join(session.code, "Bo");
  await api.command("startSession", session.id, host);
  const [question] = quiz.questions;
  if (!question) throw new Error("The quiz has no questions");
  const { answer } = await api.answer(playerToken, question.id, answersTo(question).right);
  await api.command("finishSession", session.id, host);
  const open = await api.open(host, quiz.id);
  Object.assign(ids, { quiz: quiz.id, question: question.id, session: session.id, attempt: attempt.id });
  Object.assign(ids, { answer: answer.id, open: open.id, code: open.code });
});
afterAll(() => app.stop());

/** Whether an operation is done for whoever has the token: its field has a value that is no refusal. */
async function tried(operation: string, variables: Variables, token: string) {
  const { data, errors } = await request<Record<string, { __typename?: string; message?: string } | null>>(
    app.url,
    operation,
    variables,
    token,
  );
  const [value] = Object.values(data ?? {});
  if (errors) return { refused: errors[0]?.extensions?.code, message: errors[0]?.message };
  if (value?.__typename?.endsWith("Error")) return { refused: value.__typename, message: value.message };
  return value === null ? { refused: "null" } : { done: true };
}

const FAILS = "__typename ... on Error { message }";
const input = { title: "By a program", questions: [{ kind: "TYPED", prompt: "?", acceptedAnswers: ["!"] }] };
const node = (body: string) => `query ($id: ID!) { node(id: $id) { ${body} } }`;

/** An operation for each way in, its variables, and the scopes with which a key may do it. */
const OPERATIONS: readonly (readonly [string, () => Variables, readonly Scope[]])[] = [
  ["{ attempts { totalCount } }", () => ({}), ["READ_HISTORY"]],
  ["{ learnerProgress { from } }", () => ({}), ["READ_HISTORY"]],
  [
    "query ($quiz: ID!) { quizStatistics(quizId: $quiz) { attemptCount } }",
    () => ({ quiz: ids.quiz }),
    ["READ_HISTORY"],
  ],
  ["{ viewer { leaders { rank } } }", () => ({}), ["READ_HISTORY"]],
  ["{ viewer { sessions { edges { node { id } } } } }", () => ({}), ["READ_HISTORY", "RUN_SESSIONS"]],
  [node("... on Quiz { leaders { rank } }"), () => ({ id: ids.quiz }), ["READ_HISTORY"]],
  [node("... on Quiz { sessions { totalCount } }"), () => ({ id: ids.quiz }), ["READ_HISTORY"]],
  [node("... on Quiz { answers { totalCount } }"), () => ({ id: ids.quiz }), ["READ_HISTORY"]],
  [node("... on Quiz { questions { id } }"), () => ({ id: ids.quiz }), ["READ_HISTORY", "MANAGE_QUIZZES"]],
  [
    node("... on Question { acceptedAnswers }"),
    () => ({ id: ids.question }),
    ["READ_HISTORY", "MANAGE_QUIZZES"],
  ],
  [node("... on Session { attempts { edges { cursor } } }"), () => ({ id: ids.session }), ["READ_HISTORY"]],
  [node("... on Session { statistics { attemptCount } }"), () => ({ id: ids.session }), ["READ_HISTORY"]],
  [node("... on Attempt { answers { edges { cursor } } }"), () => ({ id: ids.attempt }), ["READ_HISTORY"]],
  [node("... on Attempt { review { question { id } } }"), () => ({ id: ids.attempt }), ["READ_HISTORY"]],
  [node("... on Answer { text }"), () => ({ id: ids.answer }), ["READ_HISTORY"]],
  [
    `mutation ($input: QuizInput!) { createQuiz(input: $input) { ${FAILS} } }`,
    () => ({ input }),
    ["MANAGE_QUIZZES"],
  ],
  [`mutation ($id: ID!) { copyQuiz(id: $id) { ${FAILS} } }`, () => ({ id: ids.quiz }), ["MANAGE_QUIZZES"]],
  [
    `mutation ($id: ID!) { createSession(input: { quizId: $id }) { ${FAILS} } }`,
    () => ({ id: ids.quiz }),
    ["RUN_SESSIONS"],
  ],
  [
    `mutation ($id: ID!) { finishSession(sessionId: $id) { ${FAILS} } }`,
    () => ({ id: ids.session }),
    ["RUN_SESSIONS"],
  ],
  [
    `mutation ($code: String!) { joinQuiz(input: { code: $code, nickname: "Program" }) { ${FAILS} } }`,
    () => ({ code: ids.code }),
    ["RUN_SESSIONS"],
  ],
  ["{ quizzes(mine: true) { totalCount } }", () => ({}), SCOPES],
  [node("... on Quiz { title }"), () => ({ id: ids.quiz }), SCOPES],
  ["{ viewer { user { name } } }", () => ({}), SCOPES],
  ["query ($code: String!) { viewer { hosts(code: $code) } }", () => ({ code: ids.code }), SCOPES],
  ["query ($code: String!) { session(code: $code) { state } }", () => ({ code: ids.code }), SCOPES],
];

/** Only for people who are signed in. */
const NOT_FOR_KEYS: readonly (readonly [string, () => Variables])[] = [
  ["{ viewer { apiKeys { id } } }", () => ({})],
  [CREATE, () => ({ input: { name: "a key's own" } })],
  [REVOKE, () => ({ id: keys.get("READ_HISTORY")?.apiKey.id })],
  ["{ exportMyData { json } }", () => ({})],
  [`mutation { eraseAccount(input: { password: "correct horse" }) { ${FAILS} } }`, () => ({})],
  [`mutation ($id: ID!) { eraseAttempt(attemptId: $id) { ${FAILS} } }`, () => ({ id: ids.attempt })],
];

describe("a key", () => {
  test.each(OPERATIONS)("%s: is for those of its scopes, and the others are told which", async (...row) => {
    const [operation, variables, scopes] = row;
    for (const [scope, { key }] of keys) {
      const outcome = await tried(operation, variables(), key);
      if (scopes.includes(scope)) expect(outcome, scope).toEqual({ done: true });
      else {
        expect(["FORBIDDEN", "ForbiddenError"], scope).toContain(outcome.refused);
        expect(outcome.message).toBe(
          `This API key may not do this: it needs the scope ${scopes.join(" or ")}.`,
        );
      }
    }
  });

  test.each(NOT_FOR_KEYS)("%s: is for no key, whatever its scopes", async (operation, variables) => {
    const { key } = await newKey({ name: "everything" });
    const { refused, message } = await tried(operation, variables(), key);
    expect(["FORBIDDEN", "ForbiddenError"]).toContain(refused);
    expect(message).toBe("API keys may not do this, whatever their scopes: sign in with email and password.");
  });

  test("without scopes given may do all that keys may, and does what it did before there were scopes", async () => {
    const { key, apiKey } = await newKey({ name: "everything" });
    expect(apiKey.scopes).toEqual(SCOPES);
    for (const [operation, variables] of OPERATIONS.slice(0, 15))
      expect(await tried(operation, variables(), key), operation).toEqual({ done: true });
  });
});

describe("the keys of a user", () => {
  test("are listed without the keys themselves, and one that is revoked is refused at once", async () => {
    const token = await api.signUp("Programmer");
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { key, apiKey } = await newKey({ name: "listed", scopes: ["READ_HISTORY"], expiresAt }, token);
    const list = async () => {
      const query = "{ viewer { apiKeys { id name start scopes expiresAt lastUsedAt } } }";
      return (await api.query<{ viewer: { apiKeys: object[] } }>(query, {}, token)).viewer.apiKeys;
    };
    const listed = {
      id: apiKey.id,
      name: "listed",
      start: key.slice(0, 9),
      scopes: ["READ_HISTORY"],
      expiresAt,
    };
    expect(await list()).toEqual([{ ...listed, lastUsedAt: null }]);
    expect(await tried("{ attempts { totalCount } }", {}, key)).toEqual({ done: true });
    expect(await list()).toEqual([{ ...listed, lastUsedAt: expect.stringMatching(/Z$/) }]);
    expect(await api.query(node("... on ApiKey { name }"), { id: apiKey.id }, token)).toEqual({
      node: { name: "listed" },
    });
    expect(await api.query(node("... on ApiKey { name }"), { id: apiKey.id }, host)).toEqual({ node: null });

    const revoked = (id: string, as: string) => api.query<{ revokeApiKey: object }>(REVOKE, { id }, as);
    expect((await revoked(apiKey.id, host)).revokeApiKey).toMatchObject({ revoked: false });
    expect((await revoked(apiKey.id, token)).revokeApiKey).toMatchObject({ id: apiKey.id, revoked: true });
    expect(await tried("{ attempts { totalCount } }", {}, key)).toMatchObject({ refused: "UNAUTHENTICATED" });
    expect((await revoked(apiKey.id, token)).revokeApiKey).toMatchObject({ revoked: false });
    expect((await revoked(quiz.id, token)).revokeApiKey).toMatchObject({ __typename: "NotFoundError" });
    expect(await list()).toEqual([]);
  });

  test("are refused with nothing that they could be used for", async () => {
    const refused = await newKey({ name: "idle", scopes: [] });
    expect(refused).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["scopes"] }] });
  });
});
