import { afterAll, beforeAll, expect, test } from "vitest";
import { CODE_RULES } from "../../server/transport/limits/codeGuard.ts";
import { createProtection } from "../../server/transport/limits/index.ts";
import { createQuizApi, type QuizApi } from "../api/quizApi.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { type Operation, openSocket, sendOver, type Told, TRANSPORTS } from "./transports.ts";

// Behind a proxy that is trusted, so that one test can come from many addresses.

let app: TestApp;
let api: QuizApi;
let host: string;
let quizId: string;
beforeAll(async () => {
  app = await startApp({ protection: createProtection({ trustedProxies: ["loopback"] }) });
  api = createQuizApi(app.url);
  host = await api.signUp();
  quizId = (await api.createQuiz(host)).id;
});
afterAll(() => app.stop());

const codesOf = ({ errors = [] }: Told) => errors.map(({ extensions }) => extensions?.code);
const [[, http], [, socket], [, events]] = TRANSPORTS as [
  (typeof TRANSPORTS)[0],
  (typeof TRANSPORTS)[0],
  (typeof TRANSPORTS)[0],
];

const WAYS_IN = {
  session: (code: string) => ({
    query: "query ($code: String!) { session(code: $code) { id } }",
    variables: { code },
  }),
  leaderboard: (code: string) => ({ query: `{ leaderboard(code: "${code}") { version } }` }),
  join: (code: string) => ({
    query: `mutation ($code: String!) { joinQuiz(input: { code: $code, nickname: "Ana" }) { __typename } }`,
    variables: { code },
  }),
  follow: (code: string) => ({
    query: "subscription ($code: String!) { sessionUpdated(code: $code) { id } }",
    variables: { code },
  }),
} satisfies Record<string, (code: string) => Operation>;

/** Every way in over every transport. A subscription by HTTP is one by server-sent events. */
const TRIES = TRANSPORTS.flatMap(([transport, send]) =>
  Object.entries(WAYS_IN).map(([way, operation]) => ({ name: `${way} over ${transport}`, send, operation })),
).filter(({ name }) => name !== "follow over HTTP");

/** Codes that lead nowhere. */
async function wrongCodes(count: number): Promise<string[]> {
  const wrong: string[] = [];
  for (let code = 100_000; wrong.length < count; code += 7) {
    if (!(await app.services.sessions.reader.byCode(`${code}`))) wrong.push(`${code}`);
  }
  return wrong;
}

test("whoever guesses codes is refused, whichever way they ask, and a class behind the same address plays on", async () => {
  const school = "203.0.113.7";
  const known = await api.open(host, quizId);
  const other = await api.open(host, quizId);
  const joined = await http(app.url, WAYS_IN.join(known.code), { address: school });
  expect(joined.data).toEqual({ joinQuiz: { __typename: "JoinQuizSuccess" } });

  const guessed = await wrongCodes(CODE_RULES.soon.points);
  const answered = await Promise.all(
    guessed.map((code, n) => {
      const { send, operation } = TRIES[n % TRIES.length]!;
      return send(app.url, operation(code), { address: school });
    }),
  );
  expect(answered.flatMap(codesOf).filter((code) => code === "RATE_LIMITED").length).toBeLessThan(10);

  // Somebody elsewhere follows the other game, so that the operation itself is running already.
  const elsewhere = await openSocket(app.url, { address: "198.51.100.1" });
  expect(codesOf(await sendOver(elsewhere, "1", WAYS_IN.follow(other.code)))).toEqual([]);

  for (const { name, send, operation } of TRIES) {
    const refused = await send(app.url, operation(other.code), { address: school });
    expect(codesOf(refused), name).toEqual(["RATE_LIMITED"]);
    expect(refused.errors?.[0]?.extensions?.retryAfterSeconds).toBeGreaterThan(60);
  }
  for (const [name, send] of TRANSPORTS) {
    const inClass = await send(app.url, WAYS_IN.session(known.code), { address: school });
    expect(codesOf(inClass), name).toEqual([]);
    const fromElsewhere = await send(app.url, WAYS_IN.session(other.code), { address: "198.51.100.2" });
    expect(fromElsewhere.data?.["session"], name).not.toBeNull();
  }
  expect(codesOf(await events(app.url, WAYS_IN.follow(known.code), { address: school }))).toEqual([]);
  elsewhere.terminate();
});

test("a class of three hundred joins from one address at once, some with a wrong code", async () => {
  const address = "203.0.113.20";
  const { code } = await api.open(host, quizId);
  const typos = await wrongCodes(20);
  const query = `mutation ($code: String!, $nickname: String!) { joinQuiz(input: { code: $code, nickname: $nickname }) { __typename } }`;
  const told = await Promise.all(
    Array.from({ length: 300 }, (_, n) => {
      const variables = { code: n % 15 === 0 ? typos[n / 15]! : code, nickname: `Pupil ${n}` };
      return http(app.url, { query, variables }, { address });
    }),
  );
  const kinds = told.map(
    ({ data }) => (data?.["joinQuiz"] as { __typename: string } | undefined)?.__typename,
  );
  expect(kinds.filter((kind) => kind === "JoinQuizSuccess")).toHaveLength(280);
  expect(kinds.filter((kind) => kind === "NotFoundError")).toHaveLength(20);
});

test("a forgotten page that asks for the same code for ever spends one guess", async () => {
  const address = "203.0.113.30";
  const [wrong = ""] = await wrongCodes(1);
  for (let n = 0; n < CODE_RULES.soon.points + 20; n++) {
    expect(codesOf(await http(app.url, WAYS_IN.session(wrong), { address }))).toEqual([]);
  }
  const { code } = await api.open(host, quizId);
  expect((await http(app.url, WAYS_IN.session(code), { address })).data?.["session"]).not.toBeNull();
});

test("wrong passwords close an account to the address that they came from, and to no other", async () => {
  const input = { email: "teacher@example.org", password: "correct horse", name: "Teacher" };
  await http(app.url, {
    query: "mutation ($input: SignUpInput!) { signUp(input: $input) { __typename } }",
    variables: { input },
  });
  const signIn = (password: string, address: string, send = http) =>
    send(
      app.url,
      {
        query: "mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }",
        variables: { input: { email: input.email, password } },
      },
      { address },
    );
  const tried = await Promise.all(
    Array.from({ length: 14 }, (_, n) => signIn(`wrong ${n}`, "203.0.113.40", [http, socket][n % 2])),
  );
  const refused = tried.filter((each) => codesOf(each).includes("RATE_LIMITED"));
  expect(tried.length - refused.length).toBeGreaterThanOrEqual(10);
  expect(refused.length).toBeGreaterThan(0);
  for (const [name, send] of TRANSPORTS) {
    expect(codesOf(await signIn(input.password, "203.0.113.40", send)), name).toEqual(["RATE_LIMITED"]);
  }
  expect((await signIn(input.password, "198.51.100.40")).data).toEqual({
    signIn: { __typename: "SignInSuccess" },
  });
});
