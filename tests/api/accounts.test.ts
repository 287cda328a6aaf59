import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { createQuizApi, FIELDS, type QuizApi } from "./quizApi.ts";
import type { Refusal } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
});
afterAll(() => app.stop());

const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) {
  ${FIELDS.REFUSAL} ${FIELDS.INVALID} ... on SignUpSuccess { token user { id name } } } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) {
  ${FIELDS.REFUSAL} ... on SignInSuccess { token user { id name } } } }`;
const SIGN_OUT = `mutation { signOut { ${FIELDS.REFUSAL} ... on SignOutSuccess { signedOut } } }`;
const API_KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  ${FIELDS.REFUSAL} ${FIELDS.INVALID} ... on CreateApiKeySuccess { key } } }`;
const WHO = "{ viewer { user { name } attempt { id } } }";

type SignedIn = Refusal & { token: string; user: { id: string; name: string } };
const signUp = async (input: object) => (await api.query<{ signUp: SignedIn }>(SIGN_UP, { input })).signUp;
const signIn = async (input: object) => (await api.query<{ signIn: SignedIn }>(SIGN_IN, { input })).signIn;
const nameOf = async (token?: string) =>
  (await api.query<{ viewer: { user: { name: string } } | null }>(WHO, {}, token)).viewer?.user.name ?? null;

const ana = { email: "ana@example.org", password: "correct horse", name: "Ana" };

describe("accounts", () => {
  test("are made once for an email address, whatever its case, and signed in to", async () => {
    const made = await signUp(ana);
    expect(made).toMatchObject({ __typename: "SignUpSuccess", user: { name: "Ana" } });
    expect(await nameOf(made.token)).toBe("Ana");
    for (const email of ["ana@example.org", "ANA@Example.org", " ana@example.org "]) {
      expect((await signUp({ ...ana, email })).__typename, email).toBe("EmailTakenError");
      const again = await signIn({ email, password: ana.password });
      expect(again.user, email).toEqual(made.user);
      expect(await nameOf(again.token)).toBe("Ana");
    }
  });

  test("are not signed in to with anything wrong, and what it was is not told", async () => {
    await signUp({ ...ana, email: "ben@example.org" });
    const refusals = await Promise.all(
      [
        { email: "ben@example.org", password: "wrong horse" },
        { email: "nobody@example.org", password: "correct horse" },
        { email: "no address", password: "correct horse" },
        { email: "", password: "" },
        { email: "ben@example.org", password: "x".repeat(100_00) },
      ].map(signIn),
    );
    expect(new Set(refusals.map(({ __typename }) => __typename))).toEqual(
      new Set(["InvalidCredentialsError"]),
    );
    expect(new Set(refusals.map(({ message }) => message)).size).toBe(1);
  });

  test.each([
    ["email", "not an address"],
    ["email", ""],
    ["password", "seven77"],
    ["password", "x".repeat(129)],
    ["name", "   "],
    ["name", "x".repeat(81)],
  ])("are not made with the %s %j", async (field, value) => {
    const refused = await signUp({ ...ana, email: "new@example.org", [field]: value });
    expect(refused).toMatchObject({ __typename: "ValidationError", issues: [{ path: [field] }] });
  });

  test.each([8, 128])("take a password of %i characters", async (length) => {
    const input = { ...ana, email: `length${length}@example.org`, password: "é".repeat(length) };
    expect((await signUp(input)).__typename).toBe("SignUpSuccess");
    expect((await signIn({ email: input.email, password: input.password })).__typename).toBe("SignInSuccess");
  });

  test("are signed out of, one sign-in at a time", async () => {
    const email = "out@example.org";
    const { token } = await signUp({ ...ana, email });
    const { token: other } = await signIn({ email, password: ana.password });
    const signOut = async (with_?: string) =>
      (await api.query<{ signOut: Refusal & { signedOut: boolean } }>(SIGN_OUT, {}, with_)).signOut;
    expect(await signOut(token)).toEqual({ __typename: "SignOutSuccess", signedOut: true });
    expect([await nameOf(token), await nameOf(other)]).toEqual([null, "Ana"]);
    expect((await signOut()).__typename).toBe("UnauthenticatedError");
  });

  test("have nobody behind tokens that are none", async () => {
    for (const token of ["nonsense", "a.b.c", "vq_nothing", "x".repeat(5000)]) {
      expect(await nameOf(token), token).toBeNull();
      const refused = await api.sessionCreated("x", {}, token);
      expect(refused.__typename).toBe("UnauthenticatedError");
    }
  });
});

describe("API keys", () => {
  const make = async (input: object, token?: string) =>
    (await api.query<{ createApiKey: Refusal & { key: string } }>(API_KEY, { input }, token)).createApiKey;

  test("stand for their user, each key by itself", async () => {
    const token = await api.signUp("Keeper");
    const { key } = await make({ name: "reports", expiresAt: new Date(Date.now() + 86_400_000) }, token);
    expect(await nameOf(key)).toBe("Keeper");
    expect(key).not.toBe((await make({ name: "reports" }, token)).key);
  });

  test("are not made by nobody, nor with anything wrong", async () => {
    const token = await api.signUp("Keeper");
    expect((await make({ name: "x" })).__typename).toBe("UnauthenticatedError");
    for (const [field, value] of [
      ["name", ""],
      ["name", "x".repeat(81)],
      ["expiresAt", "2020-01-01T00:00:00Z"],
    ] as const) {
      expect(await make({ name: "x", [field]: value }, token), field).toMatchObject({
        __typename: "ValidationError",
        issues: [{ path: [field] }],
      });
    }
    expect(await api.codes(API_KEY, { input: { name: "x", expiresAt: "tomorrow" } }, token)).toEqual([
      "BAD_USER_INPUT",
    ]);
  });
});

describe("in a browser", () => {
  const post = (query: string, variables: object, headers: Record<string, string>) =>
    fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
  const here = () => ({ origin: app.url });

  /** What a browser would send back. */
  async function signedIn(name: string): Promise<string> {
    const input = { ...ana, email: `${name.toLowerCase()}@browser.example.org`, name };
    const response = await post(SIGN_UP, { input }, here());
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/; *HttpOnly/i);
    expect(cookie).toMatch(/; *SameSite=Lax/i);
    return cookie!.split(";")[0]!;
  }

  test("the cookie of a sign-in is enough on our own pages, until it is signed out", async () => {
    const cookie = await signedIn("Cookie");
    const who = async () => (await (await post(WHO, {}, { cookie, ...here() })).json()).data.viewer;
    expect(await who()).toMatchObject({ user: { name: "Cookie" } });
    const response = await post(SIGN_OUT, {}, { cookie, ...here() });
    expect((await response.json()).data.signOut.signedOut).toBe(true);
    expect(response.headers.getSetCookie().join()).toMatch(/Max-Age=0/i);
    expect(await who()).toBeNull();
  });

  test("other sites cannot use the cookie, over HTTP or WebSocket", async () => {
    const cookie = await signedIn("Careful");
    for (const origin of ["https://evil.example", "null", `${app.url}.evil.example`, "http://127.0.0.1:1"]) {
      const response = await post(WHO, {}, { cookie, origin });
      expect(response.status, origin).toBe(403);
      expect((await response.json()).data ?? null).toBeNull();
    }
    const simple = await post(WHO, {}, { cookie, ...here(), "content-type": "text/plain" });
    expect(simple.status).toBe(415);
    const opens = (origin: string) =>
      new Promise<boolean>((resolve) => {
        const url = `${app.url.replace("http", "ws")}/graphql`;
        const socket = new WebSocket(url, "graphql-transport-ws", { headers: { cookie, origin } });
        socket.once("error", () => resolve(false));
        socket.once("open", () => {
          socket.terminate();
          resolve(true);
        });
      });
    expect([await opens("https://evil.example"), await opens(app.url)]).toEqual([false, true]);
  });

  test("other sites may use a bearer token, and no answer allows them the cookie", async () => {
    const token = await api.signUp("Program");
    const response = await post(
      WHO,
      {},
      { authorization: `Bearer ${token}`, origin: "https://other.example" },
    );
    expect((await response.json()).data.viewer.user.name).toBe("Program");
    expect(response.headers.get("access-control-allow-credentials")).not.toBe("true");
  });

  test("a player's token counts before the cookie", async () => {
    const cookie = await signedIn("Both");
    const host = await api.signUp("Host");
    const { code } = await api.open(host, (await api.createQuiz(host)).id);
    const { playerToken, attempt } = await api.join(code, "Ana");
    const response = await post(WHO, {}, { cookie, ...here(), authorization: `Bearer ${playerToken}` });
    expect((await response.json()).data.viewer).toEqual({ user: null, attempt: { id: attempt.id } });
  });
});
