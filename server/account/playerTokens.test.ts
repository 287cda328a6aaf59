import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { TEST_SECRET } from "../../tests/fixtures/accounts.ts";
import { opaqueId } from "../core/ids.ts";
import { createPlayerTokens } from "./playerTokens.ts";

const claim = { attemptId: opaqueId<"Attempt">(), sessionId: opaqueId<"Session">() };
const DAY_MS = 24 * 60 * 60 * 1000;

function tokensAt(now: number, secret = TEST_SECRET) {
  return createPlayerTokens(secret, { now: () => now });
}

describe("a player's token", () => {
  const start = Date.UTC(2026, 0, 1);
  const tokens = tokensAt(start);

  test("brings back the attempt and session it was issued for, on every server with the secret", async () => {
    const token = await tokens.issue(claim);
    expect(token.split(".")).toHaveLength(3);
    expect(await tokensAt(start + 1).verify(token)).toEqual(claim);
  });

  test("lasts 90 days", async () => {
    const token = await tokens.issue(claim);
    expect(await tokensAt(start + 89 * DAY_MS).verify(token)).toEqual(claim);
    expect(await tokensAt(start + 91 * DAY_MS).verify(token)).toBeNull();
  });

  test("is worth nothing once changed, cut or made with another secret", async () => {
    const token = await tokens.issue(claim);
    const [header, , signature] = token.split(".");
    const forged = Buffer.from(JSON.stringify({ ...claim, sub: opaqueId() })).toString("base64url");
    expect(await tokens.verify(`${header}.${forged}.${signature}`)).toBeNull();
    expect(await tokens.verify(token.slice(0, -2))).toBeNull();
    expect(await tokens.verify(await tokensAt(start, `${TEST_SECRET}!`).issue(claim))).toBeNull();
  });

  test("is not to be had with the server's secret itself, used as the key", async () => {
    const raw = await new SignJWT({ session: claim.sessionId })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer("vocabulary-quiz")
      .setSubject(claim.attemptId)
      .setExpirationTime("90d")
      .sign(new TextEncoder().encode(TEST_SECRET));
    expect(await tokens.verify(raw)).toBeNull();
  });

  test.each(["", "..", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "é.é.é"])(
    "that is none (%j) is refused without an error",
    async (token) => {
      expect(await tokens.verify(token)).toBeNull();
    },
  );
});
