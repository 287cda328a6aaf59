import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestAccounts } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { ValidationError } from "../core/refusals.ts";
import type { Accounts } from "./accounts.ts";
import { EmailTakenError, InvalidCredentialsError } from "./refusals.ts";

let database: TestDatabase;
let accounts: Accounts;

beforeAll(async () => {
  database = await startTestDatabase();
  accounts = createTestAccounts(database);
});
afterAll(() => database.close());

const ana = { email: "ana@example.org", password: "correct horse", name: "Ana" };
const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` });

describe("signing up", () => {
  test("makes an account, a token for programs and a cookie for browsers", async () => {
    const headers = new Headers();
    const { token, user } = await accounts.signUp(
      { ...ana, email: "  Ana@Example.org ", name: " Ana " },
      headers,
    );

    expect(user.name).toBe("Ana");
    expect(await accounts.userOfToken(token)).toBe(user.id);
    const [cookie = ""] = headers.getSetCookie();
    expect(cookie).toMatch(/^vq\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
    const browser = new Headers({ cookie: cookie.split(";")[0] ?? "" });
    expect(accounts.hasSignInCookie(browser)).toBe(true);
    expect(await accounts.userOfCookie(browser, new Headers())).toBe(user.id);
  });

  test("is refused for an address that has an account, in whatever case", async () => {
    await expect(accounts.signUp({ ...ana, email: "ANA@example.org" }, new Headers())).rejects.toThrow(
      EmailTakenError,
    );
  });

  test("twice at once makes one account", async () => {
    const twin = { ...ana, email: "twin@example.org" };
    const results = await Promise.allSettled([
      accounts.signUp(twin, new Headers()),
      accounts.signUp(twin, new Headers()),
    ]);
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refusals).toEqual([expect.any(EmailTakenError)]);
    expect(await database.prisma.user.count({ where: { email: twin.email } })).toBe(1);
  });

  test.each([
    ["email", { email: "nobody" }],
    ["email", { email: "a\u0000b@example.org" }],
    ["password", { password: "1234567" }],
    ["password", { password: "x".repeat(129) }],
    ["name", { name: "   " }],
    ["name", { name: "x".repeat(81) }],
  ])("tells what is wrong with the %s (%j)", async (field, wrong) => {
    const refusal = await accounts
      .signUp({ ...ana, email: "new@example.org", ...wrong }, new Headers())
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ValidationError);
    expect(refusal).toMatchObject({ issues: [{ path: [field], message: expect.any(String) }] });
  });

  test("takes the longest password that the rules allow", async () => {
    const long = { ...ana, email: "long@example.org", password: "p".repeat(128) };
    await accounts.signUp(long, new Headers());
    expect((await accounts.signIn(long, new Headers())).user.name).toBe("Ana");
  });

  test("marks cookies Secure behind https", async () => {
    const headers = new Headers();
    const secure = createTestAccounts(database, { publicUrl: "https://quiz.example.org" });
    await secure.signUp({ ...ana, email: "secure@example.org" }, headers);
    expect(headers.getSetCookie()[0]).toMatch(/^__Secure-vq\.session_token=.*; Secure/);
    const browser = new Headers({ cookie: headers.getSetCookie()[0]?.split(";")[0] ?? "" });
    expect(secure.hasSignInCookie(browser)).toBe(true);
    expect(await secure.userOfCookie(browser, new Headers())).not.toBeNull();
  });
});

describe("signing in", () => {
  test("gives a token of its own, and the address may be in any case", async () => {
    const first = await accounts.signIn(ana, new Headers());
    const second = await accounts.signIn({ ...ana, email: " ANA@example.org" }, new Headers());
    expect(second.user).toEqual(first.user);
    expect(second.token).not.toBe(first.token);
  });

  test.each([
    ["a wrong password", { password: "wrong horse" }],
    ["an unknown address", { email: "nobody@example.org" }],
    ["what is no address", { email: "nobody" }],
    ["an address with a zero byte", { email: "ana\u0000@example.org" }],
    ["an empty password", { password: "" }],
  ])("refuses %s, without telling which it was", async (_what, wrong) => {
    await expect(accounts.signIn({ ...ana, ...wrong }, new Headers())).rejects.toThrow(
      new InvalidCredentialsError(),
    );
  });

  test("takes about as long for an unknown address as for a wrong password", async () => {
    const timeOf = async (email: string) => {
      const start = performance.now();
      await accounts.signIn({ email, password: "wrong horse" }, new Headers()).catch(() => null);
      return performance.now() - start;
    };
    await timeOf(ana.email);
    const known = await timeOf(ana.email);
    const unknown = await timeOf("nobody@example.org");
    // Hashing takes tens of milliseconds, everything else about one: an early exit would show.
    expect(unknown).toBeGreaterThan(known / 4);
  });
});

test("a name may be anything that can be shown, an emoji counting once", async () => {
  const input = { ...ana, email: "emoji@example.org", name: ` \u0000${"🙂".repeat(80)}\ud800` };
  const { user } = await accounts.signUp(input, new Headers());
  expect(user.name).toBe("🙂".repeat(80));
});

describe("signing out", () => {
  test("ends the sign-in of the token, and no other", async () => {
    const one = await accounts.signIn(ana, new Headers());
    const other = await accounts.signIn(ana, new Headers());
    const headers = new Headers();
    await accounts.signOut(bearer(one.token), headers);

    expect(await accounts.userOfToken(one.token)).toBeNull();
    expect(await accounts.userOfToken(other.token)).toBe(other.user.id);
    expect(headers.getSetCookie().join()).toMatch(/vq\.session_token=;.*Max-Age=0/i);
  });

  test("ends the sign-in of the cookie", async () => {
    const headers = new Headers();
    const { token } = await accounts.signIn(ana, headers);
    const cookie = headers.getSetCookie()[0]?.split(";")[0] ?? "";
    await accounts.signOut(new Headers({ cookie }), new Headers());
    expect(await accounts.userOfToken(token)).toBeNull();
    expect(await accounts.userOfCookie(new Headers({ cookie }), new Headers())).toBeNull();
  });
});

describe("tokens", () => {
  test.each(["", "nonsense", "a.b", "%", "ana@example.org"])(
    "that are none (%j) belong to nobody",
    async (token) => {
      expect(await accounts.userOfToken(token)).toBeNull();
    },
  );

  test("that have run out belong to nobody", async () => {
    const { token, user } = await accounts.signIn(ana, new Headers());
    await database.prisma.signIn.update({
      where: { token },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect(user.name).toBe("Ana");
    expect(await accounts.userOfToken(token)).toBeNull();
  });
});

test("users are found by their ids, in the order asked", async () => {
  const { user } = await accounts.signIn(ana, new Headers());
  const nobody = "00000000-0000-4000-8000-000000000000" as typeof user.id;
  expect(await accounts.usersByIds([nobody, user.id])).toEqual([null, { id: user.id, name: "Ana" }]);
});
