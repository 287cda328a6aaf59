import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestAccounts, TEST_SECRET } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { type Accounts, createPlayerTokens, type SignedIn } from "../account/index.ts";
import { systemClock } from "../core/clock.ts";
import { opaqueId } from "../core/ids.ts";
import { credentialsOf, identify } from "./identify.ts";

let database: TestDatabase;
let accounts: Accounts;
let signedIn: SignedIn;
let cookie: string;
const playerTokens = createPlayerTokens(TEST_SECRET, systemClock);
const claim = { attemptId: opaqueId<"Attempt">(), sessionId: opaqueId<"Session">() };

beforeAll(async () => {
  database = await startTestDatabase();
  accounts = createTestAccounts(database);
  const headers = new Headers();
  signedIn = await accounts.signUp(
    { email: "a@example.org", password: "correct horse", name: "Ana" },
    headers,
  );
  cookie = headers.getSetCookie()[0]?.split(";")[0] ?? "";
});
afterAll(() => database.close());

const who = (headers: Record<string, string>, connectionParams?: unknown) =>
  identify({ accounts, playerTokens }, credentialsOf(new Headers(headers), connectionParams), {
    responseHeaders: new Headers(),
  });

describe("the identity of a caller", () => {
  test("is anonymous without token and cookie", async () => {
    expect(await who({})).toEqual({ kind: "anonymous" });
    expect(await who({ cookie: "theme=dark" })).toEqual({ kind: "anonymous" });
    expect(await who({ authorization: "Basic dXNlcjpwYXNz" })).toEqual({ kind: "anonymous" });
    expect(await who({}, null)).toEqual({ kind: "anonymous" });
    expect(await who({}, { Authorization: 7 })).toEqual({ kind: "anonymous" });
  });

  test("is the user of a token, in the header or in connection_init, whatever the case of its name", async () => {
    const user = { kind: "user", userId: signedIn.user.id, via: "token" };
    const authorization = `Bearer ${signedIn.token}`;
    expect(await who({ authorization })).toEqual(user);
    expect(await who({ authorization: `bearer   ${signedIn.token}` })).toEqual(user);
    expect(await who({}, { Authorization: authorization })).toEqual(user);
    expect(await who({}, { authorization })).toEqual(user);
  });

  test("is the user of the cookie", async () => {
    expect(await who({ cookie })).toEqual({ kind: "user", userId: signedIn.user.id, via: "cookie" });
  });

  test("is the user of an API key", async () => {
    const { key, apiKey } = await accounts.apiKeys.create(signedIn.user.id, { name: "test" });
    expect(await who({ authorization: `Bearer ${key}` })).toEqual({
      kind: "user",
      userId: signedIn.user.id,
      via: "api-key",
      keyId: apiKey.id,
      scopes: ["READ_HISTORY", "MANAGE_QUIZZES", "RUN_SESSIONS"],
    });
  });

  test("is the player of a player's token, also in a browser that is signed in", async () => {
    const authorization = `Bearer ${await playerTokens.issue(claim)}`;
    expect(await who({ authorization })).toEqual({ kind: "player", ...claim });
    expect(await who({ cookie }, { authorization })).toEqual({ kind: "player", ...claim });
  });

  test.each(["nonsense", "a.b", "a.b.c", "vq_nonsense"])("is refused for the token %s", async (token) => {
    expect(await who({ authorization: `Bearer ${token}` })).toBeNull();
  });

  test("is refused for a cookie that was changed", async () => {
    expect(await who({ cookie: cookie.slice(0, -6) })).toBeNull();
  });
});
