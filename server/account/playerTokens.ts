import { hkdfSync } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import type { Clock } from "../core/clock.ts";
import { type AttemptId, readId, type SessionId } from "../core/ids.ts";
import { RecentlyUsed } from "../core/recentlyUsed.ts";

/** The one attempt that a player's token speaks for. */
export interface PlayerClaim {
  readonly attemptId: AttemptId;
  readonly sessionId: SessionId;
}

export interface PlayerTokens {
  issue(claim: PlayerClaim): Promise<string>;
  /** Null for a token that was changed, made elsewhere, or is too old. */
  verify(token: string): Promise<PlayerClaim | null>;
}

const ISSUER = "vocabulary-quiz";
const ALGORITHM = "HS256";
const LIFETIME_SECONDS = 90 * 24 * 60 * 60;
/** More than the players whom one server has at once. */
const KEPT_TOKENS = 20_000;

interface Verified {
  readonly claim: PlayerClaim;
  /** Milliseconds. */
  readonly until: number;
}

/** Tokens of players, who have no account: signed, not stored, valid on every server that has the secret. */
export function createPlayerTokens(secret: string, clock: Clock): PlayerTokens {
  // A key of its own, so that no signature made for one use of the secret is good for another.
  const key = new Uint8Array(hkdfSync("sha256", secret, "", `${ISSUER} player token v1`, 32));
  // A signature says the same each time, and checking it costs more than all else that an answer needs.
  const verified = new RecentlyUsed<string, Verified>(KEPT_TOKENS);
  return {
    issue({ attemptId, sessionId }) {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ session: sessionId })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setSubject(attemptId)
        .setIssuedAt(now)
        .setExpirationTime(now + LIFETIME_SECONDS)
        .sign(key);
    },

    async verify(token) {
      const known = verified.get(token);
      if (known && clock.now() < known.until) return known.claim;
      try {
        const { payload } = await jwtVerify<{ session: unknown }>(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          requiredClaims: ["sub", "exp", "session"],
          currentDate: new Date(clock.now()),
        });
        const attemptId = readId<"Attempt">(payload.sub ?? "");
        const sessionId = readId<"Session">(String(payload.session));
        if (!attemptId || !sessionId || payload.exp === undefined) return null;
        const claim = { attemptId, sessionId };
        verified.set(token, { claim, until: payload.exp * 1000 });
        return claim;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
