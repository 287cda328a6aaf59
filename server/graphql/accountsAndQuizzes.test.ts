import { graphql } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestAccounts, TEST_SECRET } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { questions as examples, quizInput } from "../../tests/fixtures/quizInput.ts";
import { type Accounts, createPlayerTokens } from "../account/index.ts";
import { systemClock } from "../core/clock.ts";
import { opaqueId } from "../core/ids.ts";
import { createQuizzes, type Quizzes } from "../quiz/index.ts";
import { UNLIMITED } from "./callerLimits.ts";
import { globalId } from "./globalIds.ts";
import { credentialsOf, headersOf, identify } from "./identify.ts";
import { createLoaders } from "./loaders.ts";
import { schema } from "./schema.ts";

let database: TestDatabase;
let accounts: Accounts;
let quizzes: Quizzes;
let tokens: { ana: string; ben: string; player: string };
const playerTokens = createPlayerTokens(TEST_SECRET, systemClock);

beforeAll(async () => {
  database = await startTestDatabase();
  accounts = createTestAccounts(database);
  quizzes = createQuizzes(database.prisma, systemClock);
  const signUp = async (name: string) => {
    const input = { email: `${name}@example.org`, password: "correct horse", name };
    return (await accounts.signUp(input, new Headers())).token;
  };
  const player = await playerTokens.issue({ attemptId: opaqueId(), sessionId: opaqueId() });
  tokens = { ana: await signUp("ana"), ben: await signUp("ben"), player };
});
afterAll(() => database.close());

/** Executes as the transports do, with the slices that these operations reach. */
async function execute(source: string, variableValues: Record<string, unknown> = {}, token?: string) {
  const responseHeaders = new Headers();
  const credentials = credentialsOf(
    new Headers(token ? { authorization: `Bearer ${token}` } : {}),
    undefined,
  );
  const services = { accounts, playerTokens, quizzes, sessions: { caughtUp: async () => true } };
  const identity = await identify(services, credentials, { responseHeaders });
  const contextValue = {
    identity: identity ?? { kind: "anonymous" },
    invalidToken: identity === null,
    services,
    loaders: createLoaders(services),
    limits: UNLIMITED,
    credentials: headersOf(credentials),
    responseHeaders,
  };
  const result = await graphql({ schema, source, variableValues, contextValue });
  return { ...JSON.parse(JSON.stringify(result)), responseHeaders };
}

const CREATE = `mutation ($input: QuizInput!) {
  createQuiz(input: $input) {
    __typename
    ... on CreateQuizSuccess { quiz { id mine owner { name } questions { id prompt choices { id text correct } } } }
    ... on ValidationError { message issues { path message } }
    ... on Error { message }
  }
}`;
const UPDATE = `mutation ($id: ID!, $input: QuizInput!) {
  updateQuiz(id: $id, input: $input) {
    __typename
    ... on UpdateQuizSuccess { quiz { title questions { id } } }
    ... on Error { message }
  }
}`;

async function newQuiz(changes: Parameters<typeof quizInput>[0] = {}) {
  const { data } = await execute(CREATE, { input: quizInput(changes) }, tokens.ana);
  return data.createQuiz.quiz;
}

describe("accounts", () => {
  test("are made, signed in to and out of by mutations", async () => {
    const input = { email: "new@example.org", password: "correct horse", name: "New" };
    const SIGN_UP = `mutation ($input: SignUpInput!) {
      signUp(input: $input) { __typename ... on SignUpSuccess { token user { name } } ... on Error { message } }
    }`;
    const { data, responseHeaders } = await execute(SIGN_UP, { input });
    expect(data.signUp).toMatchObject({ __typename: "SignUpSuccess", user: { name: "New" } });
    expect(responseHeaders.getSetCookie()).toHaveLength(1);
    expect((await execute(SIGN_UP, { input })).data.signUp.__typename).toBe("EmailTakenError");

    const viewer = "{ viewer { user { name } } }";
    expect((await execute(viewer, {}, data.signUp.token)).data.viewer).toEqual({ user: { name: "New" } });
    const SIGN_OUT = "mutation { signOut { __typename ... on SignOutSuccess { signedOut } } }";
    const signOut = async (token?: string) => (await execute(SIGN_OUT, {}, token)).data.signOut;
    expect(await signOut(data.signUp.token)).toEqual({ __typename: "SignOutSuccess", signedOut: true });
    expect(await signOut(data.signUp.token)).toEqual({ __typename: "SignOutSuccess", signedOut: false });
    expect(await signOut()).toEqual({ __typename: "UnauthenticatedError" });
    expect((await execute(viewer, {}, data.signUp.token)).data.viewer).toBeNull();
  });

  test("refuse a wrong password as a value", async () => {
    const { data, errors } = await execute(
      `mutation { signIn(input: { email: "ana@example.org", password: "wrong horse" }) {
        __typename ... on InvalidCredentialsError { message } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.signIn).toEqual({
      __typename: "InvalidCredentialsError",
      message: "Email or password is wrong.",
    });
  });

  test("have API keys, which only users can make", async () => {
    const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) {
        __typename ... on CreateApiKeySuccess { key } ... on ValidationError { issues { path } } ... on Error { message }
      }
    }`;
    const create = async (input: object, token?: string) =>
      (await execute(CREATE_KEY, { input }, token)).data.createApiKey;
    const { key } = await create({ name: "mine" }, tokens.ana);
    expect((await execute("{ viewer { user { name } } }", {}, key)).data.viewer.user.name).toBe("ana");
    expect(await create({ name: "x" }, tokens.player)).toMatchObject({ __typename: "UnauthenticatedError" });
    expect(await create({ name: "x" })).toMatchObject({ message: "Sign in first." });
    expect((await create({ name: "x" }, "nonsense")).message).toMatch(/sign in again/);
    expect(await create({ name: "x", expiresAt: "2020-01-01T00:00:00Z" }, tokens.ana)).toMatchObject({
      issues: [{ path: ["expiresAt"] }],
    });
  });

  test("are found by id by their own users only", async () => {
    const { data } = await execute("{ viewer { user { id } } }", {}, tokens.ana);
    const node = "query ($id: ID!) { node(id: $id) { __typename id ... on User { name } } }";
    const { id } = data.viewer.user;
    expect((await execute(node, { id }, tokens.ana)).data.node).toEqual({
      __typename: "User",
      id,
      name: "ana",
    });
    expect((await execute(node, { id }, tokens.ben)).data.node).toBeNull();
  });
});

describe("quizzes", () => {
  test("are made by users, with everything that is wrong told by its path", async () => {
    expect(await newQuiz()).toMatchObject({
      mine: true,
      owner: { name: "ana" },
      questions: [{}, {}, {}, {}],
    });
    const wrong = { title: "x", questions: [{ kind: "TYPED", prompt: "", acceptedAnswers: ["a"] }] };
    const { data } = await execute(CREATE, { input: wrong }, tokens.ana);
    expect(data.createQuiz).toMatchObject({
      __typename: "ValidationError",
      issues: [{ path: ["questions", "0", "prompt"], message: "The prompt is missing." }],
    });
    const anonymous = await execute(CREATE, { input: quizInput() });
    expect(anonymous.data.createQuiz.__typename).toBe("UnauthenticatedError");
  });

  test("keep the ids of the questions that an edit names", async () => {
    const { id, questions } = await newQuiz();
    const [first] = questions;
    const question = { ...examples.typed, id: first.id };
    const { data } = await execute(UPDATE, { id, input: quizInput({ questions: [question] }) }, tokens.ana);
    expect(data.updateQuiz.quiz.questions).toEqual([{ id: first.id }]);
  });

  test.each([
    ["someone else", () => tokens.ben, "ForbiddenError"],
    ["a player", () => tokens.player, "UnauthenticatedError"],
    ["nobody", () => undefined, "UnauthenticatedError"],
  ])("are not edited, deleted or, while private, copied by %s", async (_who, token, refusal) => {
    const { id } = await newQuiz();
    const { data } = await execute(UPDATE, { id, input: quizInput() }, token());
    expect(data.updateQuiz.__typename).toBe(refusal);
    const rest = await execute(
      "mutation ($id: ID!) { deleteQuiz(id: $id) { __typename } copyQuiz(id: $id) { __typename } }",
      { id },
      token(),
    );
    expect(rest.data).toEqual({ deleteQuiz: { __typename: refusal }, copyQuiz: { __typename: refusal } });
  });

  test.each([globalId("Quiz", opaqueId()), "nonsense", "", globalId("User", opaqueId()), "UXVpejp4"])(
    "that are not there (%s) are not found",
    async (id) => {
      const { data } = await execute(UPDATE, { id, input: quizInput() }, tokens.ana);
      expect(data.updateQuiz.__typename).toBe("NotFoundError");
      const read = await execute("query ($id: ID!) { quiz(id: $id) { id } node(id: $id) { id } }", { id });
      expect(read).toMatchObject({ data: { quiz: null, node: null } });
      expect(read.errors).toBeUndefined();
    },
  );

  test("show their solutions to their owners only, by whichever way", async () => {
    const { id, questions } = await newQuiz({ visibility: "PUBLIC" });
    const READ = `query ($id: ID!, $question: ID!) {
      quiz(id: $id) { title mine questions { id } }
      node(id: $question) { id ... on Question { prompt acceptedAnswers } }
      quizzes(first: 1) { totalCount edges { node { questions { choices { correct } } } } }
    }`;
    const as = (token?: string) => execute(READ, { id, question: questions[0].id }, token);
    const own = (await as(tokens.ana)).data;
    expect(own).toMatchObject({
      quiz: { mine: true, questions: [{}, {}, {}, {}] },
      node: { prompt: expect.any(String) },
    });
    for (const token of [tokens.ben, tokens.player, undefined]) {
      const { data, errors } = await as(token);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ quiz: { mine: false, questions: null }, node: null });
      expect(data.quizzes.edges).toEqual([{ node: { questions: null } }]);
    }
  });

  test("are refused as GraphQL errors with a code where a query asks wrongly", async () => {
    const codes = async (source: string) =>
      (await execute(source)).errors?.map((error: { extensions: object }) => error.extensions);
    expect(await codes("{ quizzes(mine: true) { totalCount } }")).toMatchObject([
      { code: "UNAUTHENTICATED" },
    ]);
    expect(await codes("{ quizzes(first: 0) { totalCount } }")).toMatchObject([
      { code: "BAD_USER_INPUT", issues: [{ path: ["first"] }] },
    ]);
  });

  test("cannot be asked for in an operation too large to answer", async () => {
    const alias = (index: number) =>
      `q${index}: quizzes(first: 200) { edges { node { questions { choices { id text correct } } } } }`;
    const { errors } = await execute(`{ ${[0, 1, 2, 3, 4, 5, 6, 7].map(alias).join(" ")} }`);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "OPERATION_TOO_LARGE" } });
  });
});
